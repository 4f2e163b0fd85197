import { resolveEndpoint } from '../src/endpoints/resolve-endpoint.ts';
import type { Call, HttpResponse, Operation } from '../src/protocol/index.ts';
import { buildRequest, parseResponse } from '../src/protocol/index.ts';

/** The service's answer to a request with these parameters. */
export type Answering = (action: string, parameters: URLSearchParams) => object;

/** A `Call` over a function instead of HTTP. Requests are built and answers parsed by the package; times start at 2026-05-01. */
export function answeringCall(answer: Answering): Call & { readonly asked: URLSearchParams[] } {
  const asked: URLSearchParams[] = [];
  const call = async <Input, Output>(operation: Operation<Input, Output>, input: Input) => {
    const endpoint = resolveEndpoint({ endpoint: 'tds.example' });
    const parameters = new URLSearchParams(
      buildRequest(operation, operation.parseInput(input), endpoint).query,
    );
    asked.push(parameters);
    const document = { RequestId: `R-${asked.length}`, ...answer(operation.action, parameters) };
    const response: HttpResponse = {
      status: 'Code' in document ? 400 : 200,
      header: () => undefined,
      body: JSON.stringify(document),
    };
    const observedAt = new Date(Date.UTC(2026, 4, 1, 0, asked.length));
    return { ...parseResponse(operation, response), endpoint: endpoint.host, observedAt, attempts: 1 };
  };
  return Object.assign(call, { asked });
}

/** Answers both operations from rows, DescribeImage with the `live` digest of the tag. Pages and searches like the service. */
export function inventoryAnswering(
  rows: readonly Readonly<Record<string, unknown>>[],
  live: Readonly<Record<string, string>> = {},
): Answering {
  return (action, parameters) => {
    if (action === 'DescribeImage') {
      const digest = live[parameters.get('ImageTag') ?? ''];
      return digest === undefined ? {} : { Data: { Digest: digest } };
    }
    const criteria: { name: string; value: string }[] = JSON.parse(parameters.get('Criteria') ?? '[]');
    const fitting = rows.filter((row) =>
      criteria.every(({ name, value }) =>
        String(row[name.charAt(0).toUpperCase() + name.slice(1)]).includes(value),
      ),
    );
    const size = Number(parameters.get('PageSize') ?? 20);
    const page = Number(parameters.get('CurrentPage') ?? 1);
    return {
      PageInfo: { CurrentPage: page, PageSize: size, TotalCount: fitting.length },
      ImageInstanceList: fitting.slice((page - 1) * size, page * size),
    };
  };
}

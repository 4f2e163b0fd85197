import { resolveEndpoint } from '../src/endpoints/resolve-endpoint.ts';
import { buildRequest, type Call, type CallOptions, parseResponse } from '../src/protocol/index.ts';

/** A received request: the action and its parameters by their wire names. */
export interface AskedRequest {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly options: CallOptions | undefined;
}

/** The service's answer; the status is 200 unless given. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/** A `Call` over a function instead of HTTP. Requests are built and answers parsed by the package. */
export function callAnswering(answer: (request: AskedRequest, index: number) => ScriptedAnswer): {
  readonly call: Call;
  readonly asked: AskedRequest[];
} {
  const asked: AskedRequest[] = [];
  const call: Call = async (operation, input, options) => {
    const { query } = buildRequest(operation, operation.parseInput(input), resolveEndpoint());
    const request = {
      action: operation.action,
      parameters: Object.fromEntries(new URLSearchParams(query)),
      options,
    };
    const { status = 200, body } = answer(request, asked.push(request) - 1);
    const { output, requestId } = parseResponse(operation, {
      status,
      header: () => undefined,
      body: JSON.stringify(body),
    });
    return { output, requestId, endpoint: 'host.example', observedAt: new Date(asked.length), attempts: 1 };
  };
  return { call, asked };
}

/** Answers DescribeImageInstances with pages of the rows, as the service does. Criteria are ignored without `matches`. */
export function inventory(
  rows: readonly object[],
  {
    maxPageSize = 1000,
    matches = () => true,
  }: {
    readonly maxPageSize?: number;
    readonly matches?: (row: object, criteria: readonly { name: string; value: string }[]) => boolean;
  } = {},
): (request: AskedRequest, index: number) => ScriptedAnswer {
  return ({ parameters }, index) => {
    const criteria: { name: string; value: string }[] = JSON.parse(parameters['Criteria'] ?? '[]');
    const found = rows.filter((row) => matches(row, criteria));
    const size = Math.min(Number(parameters['PageSize'] ?? 20), maxPageSize);
    const page = Number(parameters['CurrentPage'] ?? 1);
    return answerPage(found.slice((page - 1) * size, page * size), found.length, index);
  };
}

/** Answers both operations from rows, DescribeImage with the `live` digest of the tag. Matches criteria fuzzily, as the service does. */
export function service(
  rows: readonly object[],
  live: Readonly<Record<string, string>> = {},
): (request: AskedRequest, index: number) => ScriptedAnswer {
  const matches = (row: object, criteria: readonly { name: string; value: string }[]): boolean =>
    criteria.every(({ name, value }) =>
      String(Reflect.get(row, name.charAt(0).toUpperCase() + name.slice(1))).includes(value),
    );
  const listRows = inventory(rows, { matches });
  return (request, index) => {
    if (request.action !== 'DescribeImage') return listRows(request, index);
    const digest = live[request.parameters['ImageTag'] ?? ''];
    return {
      body: { RequestId: `R${index + 1}`, ...(digest !== undefined && { Data: { Digest: digest } }) },
    };
  };
}

export function answerPage(
  rows: readonly object[],
  total: number | undefined,
  index: number,
): ScriptedAnswer {
  return {
    body: { RequestId: `R${index + 1}`, PageInfo: { TotalCount: total }, ImageInstanceList: rows },
  };
}

/** An inventory row of the tag `1` of `shop/api`, with the given fields replaced. */
export function inventoryRow(fields: object): object {
  return {
    RegionId: 'cn-hangzhou',
    InstanceId: 'cri-1',
    RepoId: 'crr-1',
    RepoNamespace: 'shop',
    RepoName: 'api',
    Tag: '1',
    Digest: 'a'.repeat(64),
    ImageUpdate: '1000',
    ...fields,
  };
}

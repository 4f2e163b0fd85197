import { resolveEndpoint } from '../src/endpoints/resolve-endpoint.ts';
import { buildRequest, type Call, type CallOptions, parseResponse } from '../src/protocol/index.ts';

/** One request as a host sees it: the action and its parameters by their wire names. */
export interface AskedRequest {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly options: CallOptions | undefined;
}

/** What the service would answer: a document, with a status when it is not 200. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/** A host's `Call` over a function instead of HTTP; everything else is the package's own code. */
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

/** The inventory as the service pages it, all criteria ignored unless `matches` looks at them. */
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

export function answerPage(
  rows: readonly object[],
  total: number | undefined,
  index: number,
): ScriptedAnswer {
  return {
    body: { RequestId: `R${index + 1}`, PageInfo: { TotalCount: total }, ImageInstanceList: rows },
  };
}

/** A row of the inventory: the tag `1` of `shop/api`, but for what is said otherwise. */
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

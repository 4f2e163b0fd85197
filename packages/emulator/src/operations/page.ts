import type { Assumptions } from '../assumptions.ts';
import { ApiError } from '../gateway/api-error.ts';
import { integerParameter } from './operation.ts';

/** The page that `PageSize` and `CurrentPage` select. @throws {@link ApiError} for a value out of range, unless it is clamped. */
export function pageOf(
  parameters: ReadonlyMap<string, string>,
  assumptions: Assumptions,
  defaultSize: number,
): { readonly pageSize: number; readonly currentPage: number } {
  const maximum =
    assumptions.maximumPageSize === 'none' ? Number.POSITIVE_INFINITY : Number(assumptions.maximumPageSize);
  return {
    pageSize: bounded(
      'PageSize',
      integerParameter(parameters, 'PageSize') ?? defaultSize,
      maximum,
      assumptions,
    ),
    currentPage: bounded(
      'CurrentPage',
      integerParameter(parameters, 'CurrentPage') ?? 1,
      Number.POSITIVE_INFINITY,
      assumptions,
    ),
  };
}

function bounded(name: string, value: number, maximum: number, assumptions: Assumptions): number {
  if (value >= 1 && value <= maximum) return value;
  if (assumptions.oversizedPage === 'clamp') return Math.min(Math.max(value, 1), maximum);
  throw new ApiError(`Invalid${name}`, { message: `The specified parameter ${name} is not valid.` });
}

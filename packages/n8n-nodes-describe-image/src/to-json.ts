import type { IDataObject } from 'n8n-workflow';

/** Plain JSON for the next node: times as ISO text; what is unknown is null, so that conditions can see it. */
export function toJson(value: object): IDataObject {
  return JSON.parse(
    JSON.stringify(value, (_, field: unknown) => (field === undefined ? null : field)),
  ) as IDataObject; // what was an object comes back as one
}

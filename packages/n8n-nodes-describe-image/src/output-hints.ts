import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';

/** Explains outputs that are easy to misread. n8n shows the hints above the output. */
export function outputHints(operation: unknown, items: readonly IDataObject[]): NodeExecutionHint[] {
  const lastKnown = items.filter((json) =>
    [json['state'], json['digestState']].includes('last-known'),
  ).length;
  const untagged = items.filter((json) => json['found'] === false).length;
  const messages = [
    operation === 'getAll' &&
      items.length === 0 &&
      'No image matches the filters. Security Center has only images that it has synchronized.',
    operation === 'getVulnerabilities' &&
      items.length === 0 &&
      'No vulnerability matches. This does not mean that the image is clean: use Get Risk to check whether its digest was scanned.',
    untagged > 0 &&
      `${count(untagged, 'digest has', 'digests have')} no tag in the inventory, which can be late.`,
    lastKnown > 0 &&
      `${count(lastKnown, 'digest is', 'digests are')} only last known: DescribeImage did not return a digest. Set Gate to stop such images.`,
  ];
  return messages.flatMap((message) => (message ? [{ message, location: 'outputPane' as const }] : []));
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

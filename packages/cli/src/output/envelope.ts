/** What every JSON document begins with. A field is renamed or dropped only together with a new version. */
export interface Envelope {
  readonly schemaVersion: 1;
  /** Who says so: `DescribeImage`, `DescribeImageInstances`, `doctor` for findings, or `local` when nothing was sent. */
  readonly source: 'DescribeImage' | 'DescribeImageInstances' | 'doctor' | 'local';
  readonly observedAt: Date | undefined;
  readonly requestId: string | undefined;
  readonly endpoint: string | undefined;
}

export function envelope(fields: Omit<Envelope, 'schemaVersion'>): Envelope {
  const { source, observedAt, requestId, endpoint } = fields;
  return { schemaVersion: 1, source, observedAt, requestId, endpoint };
}

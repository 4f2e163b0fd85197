import manifest from '../../package.json' with { type: 'json' };
import type { Diagnosis } from '../doctor/diagnose.ts';
import { envelope } from './envelope.ts';

/** A diagnosis for support tickets: the versions at hand, and every finding. */
export function doctorDocument(
  { findings, verdict, exitCode, endpoint }: Diagnosis,
  observedAt: Date,
): Readonly<Record<string, unknown>> {
  return {
    ...envelope({ source: 'doctor', observedAt, requestId: undefined, endpoint }),
    version: manifest.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    verdict,
    exitCode,
    findings,
  };
}

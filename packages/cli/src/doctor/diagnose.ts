import type { Client } from '@describe-image/core';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { actionFindings, actionsNotTried } from './action-findings.ts';
import { credentialFindings } from './credential-findings.ts';
import { CLOCK, clockFinding, ENDPOINT, probeEndpoint } from './endpoint-findings.ts';
import { type Finding, failure, notTried } from './finding.ts';
import { IDENTITY, identityFinding } from './identity-finding.ts';
import type { DoctorSubject } from './subject.ts';

/** All findings and their summary. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** The worst state of all findings. */
  readonly verdict: 'ok' | 'warn' | 'fail';
  /** The exit code of the first failed finding. */
  readonly exitCode: ExitCode;
  /** Host of the endpoint. Absent when the options are invalid. */
  readonly endpoint: string | undefined;
}

/**
 * Checks keys, endpoint, clock, identity, permissions and inventory, in this order. A failed check does not stop the others; checks
 * that depend on it are skipped. Only an abort ends the diagnosis.
 */
export async function diagnose(subject: DoctorSubject): Promise<Diagnosis> {
  const { findings, keys, region } = await credentialFindings(subject);
  const client = await open(subject);
  if ('check' in client)
    return conclude(undefined, [
      ...findings,
      client,
      notTried(CLOCK, client),
      await identityWith(keys, subject),
      ...actionsNotTried(client),
    ]);
  try {
    const { endpoint, offsetMs } = await probeEndpoint(client, region, subject);
    const identity = await identityWith(keys, subject);
    const blocker = [keys, endpoint, identity].find(({ state }) => state === 'fail');
    const actions =
      blocker === undefined ? await actionFindings(client, subject.signal) : actionsNotTried(blocker);
    const clock =
      endpoint.state === 'fail' ? notTried(CLOCK, endpoint) : clockFinding(offsetMs, client.clockOffsetMs);
    return conclude(client.endpoint.host, [...findings, endpoint, clock, identity, ...actions]);
  } finally {
    client.close();
  }
}

async function open({ openClient }: DoctorSubject): Promise<Client | Finding> {
  try {
    return await openClient();
  } catch (error) {
    return failure(ENDPOINT, error);
  }
}

function identityWith(keys: Finding, subject: DoctorSubject): Promise<Finding> | Finding {
  return keys.state === 'fail' ? notTried(IDENTITY, keys) : identityFinding(subject);
}

function conclude(endpoint: string | undefined, findings: readonly Finding[]): Diagnosis {
  const failed = findings.find(({ state }) => state === 'fail');
  const warned = findings.some(({ state }) => state === 'warn');
  return {
    findings,
    verdict: failed !== undefined ? 'fail' : warned ? 'warn' : 'ok',
    exitCode: failed?.exitCode ?? EXIT.found,
    endpoint,
  };
}

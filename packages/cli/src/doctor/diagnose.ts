import type { Client } from '@describe-image/core';
import { AbortError } from '@describe-image/core/protocol';
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
  readonly verdict: 'ok' | 'warn' | 'fail' | 'interrupted';
  /** The exit code of the first failed finding. */
  readonly exitCode: ExitCode;
  /** Host of the endpoint. Absent when the options are invalid, and before the endpoint was chosen. */
  readonly endpoint: string | undefined;
}

/**
 * Checks keys, endpoint, clock, identity, permissions and inventory, in this order. A failed check does not stop the others; checks
 * that depend on it are skipped. An abort ends the diagnosis, which then has the findings so far.
 *
 * @param report - Receives findings as soon as they are known.
 */
export async function diagnose(
  subject: DoctorSubject,
  report: (findings: readonly Finding[]) => void,
): Promise<Diagnosis> {
  const findings: Finding[] = [];
  const found = (...known: readonly Finding[]): void => {
    findings.push(...known);
    report(known);
  };
  const chosen: { endpoint?: string } = {};
  try {
    await check(subject, found, chosen);
  } catch (error) {
    if (!AbortError.isInstance(error)) throw error;
    return { findings, verdict: 'interrupted', exitCode: EXIT.aborted, endpoint: chosen.endpoint };
  }
  return conclude(chosen.endpoint, findings);
}

async function check(
  subject: DoctorSubject,
  found: (...known: readonly Finding[]) => void,
  chosen: { endpoint?: string },
): Promise<void> {
  const untilAborted = abortable(subject.signal);
  const { findings, keys, region } = await untilAborted(credentialFindings(subject));
  found(...findings);
  const client = await open(subject, region);
  if ('check' in client) {
    found(client);
    found(notTried(CLOCK, client));
    found(await untilAborted(identityWith(keys, subject)));
    found(...actionsNotTried(client));
    return;
  }
  chosen.endpoint = client.endpoint.host;
  try {
    const { endpoint, offsetMs } = await untilAborted(probeEndpoint(client, region, subject));
    found(endpoint);
    const isClockMeasured = endpoint.state === 'fail' || offsetMs !== undefined;
    if (isClockMeasured)
      found(endpoint.state === 'fail' ? notTried(CLOCK, endpoint) : clockFinding(offsetMs, 0));
    const identity = await untilAborted(identityWith(keys, subject));
    found(identity);
    const blocker = [keys, endpoint, identity].find(({ state }) => state === 'fail');
    if (blocker !== undefined) found(...actionsNotTried(blocker));
    else for await (const finding of actionFindings(client, subject.signal)) found(finding);
    // A rejected request is the other source of the service's time.
    if (!isClockMeasured) found(clockFinding(undefined, client.clockOffsetMs));
  } finally {
    client.close();
  }
}

/** Rejects when the signal aborts, for work that does not observe it. */
function abortable(signal: AbortSignal | undefined): <Result>(work: Promise<Result>) => Promise<Result> {
  return async (work) => {
    if (signal === undefined) return work;
    let onAbort = (): void => {};
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(new AbortError('interrupted'));
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort);
    });
    try {
      return await Promise.race([work, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };
}

async function open({ openClient }: DoctorSubject, region: string | undefined): Promise<Client | Finding> {
  try {
    return await openClient(region);
  } catch (error) {
    return failure(ENDPOINT, error);
  }
}

async function identityWith(keys: Finding, subject: DoctorSubject): Promise<Finding> {
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

import { type Vector, vectors } from '@describe-image/signing-vectors';
import { describe, expect, it } from 'vitest';
import { parseParameters } from '../src/gateway/parameters.ts';
import { parseAcs3Authorization, verifyAcs3 } from '../src/gateway/verify-acs3.ts';
import { verifyRpc } from '../src/gateway/verify-rpc.ts';
import { createEmulator } from '../src/index.ts';
import { AUTHENTICATION_CODE, seedFor, toMessage } from './vectors.ts';
import { sendRaw, type WireMessage } from './wire.ts';

const faithful = vectors.filter(({ kind, divergence }) => kind !== 'UNSIGNED' && divergence === undefined);

describe.each(faithful.map((vector) => [vector.id, vector] as const))(
  '%s with one byte changed',
  (_id, vector) => {
    it('is rejected for every signed part', async () => {
      await using emulator = await createEmulator({ clock: vector.date, seed: seedFor(vector) });
      const spoilt = mutations(vector);
      expect(spoilt.length).toBeGreaterThanOrEqual(7);
      for (const [part, message] of spoilt) {
        const { status } = await sendRaw(emulator.port, message);
        expect([part, status]).toEqual([part, expect.toSatisfy((code: number) => code >= 400)]);
      }
      expect(emulator.requests.map(({ code }) => code)).not.toContain(undefined);
      await sendRaw(emulator.port, toMessage(vector));
      expect(emulator.requests.at(-1)?.code ?? '', 'the original is still accepted').not.toMatch(
        AUTHENTICATION_CODE,
      );
    });

    it('does not match the computed signature', () => {
      expect(matches(vector, toMessage(vector))).toBe(true);
      for (const [part, message] of mutations(vector))
        expect([part, matches(vector, message)]).toEqual([part, false]);
    });
  },
);

/** Copies of a request, each with one byte changed in another part that the signature covers. */
function mutations(vector: Vector): [part: string, message: WireMessage][] {
  const message = toMessage(vector);
  const result: [string, WireMessage][] = [
    ['method', { ...message, method: message.method === 'GET' ? 'POST' : 'GET' }],
  ];
  for (const [name, target] of mutatePairs(vector.query))
    result.push([`query ${name}`, { ...message, target: `/?${target}` }]);
  if (vector.body !== '') {
    const isForm = !vector.body.startsWith('{');
    const bodies = isForm ? mutatePairs(vector.body) : [['', mutate(vector.body)] as const];
    for (const [name, body] of bodies) result.push([`body ${name}`, { ...message, body }]);
  }
  const signed = signedHeaderNames(vector);
  vector.headers.forEach(([name, value], index) => {
    const isSignature = name.toLowerCase() === 'authorization';
    if (!isSignature && !signed.has(name.toLowerCase())) return;
    const changed = isSignature ? value.slice(0, -1) + other(value.at(-1)) : mutate(value);
    const headers = vector.headers.map((header, at) => (at === index ? ([name, changed] as const) : header));
    result.push([`header ${name}`, { ...message, headers }]);
  });
  return result;
}

function mutatePairs(text: string): (readonly [name: string, text: string])[] {
  if (text === '') return [];
  const pairs = text.split('&');
  return pairs.map((pair, index) => {
    const mark = pair.indexOf('=');
    const changed = `${pair.slice(0, mark + 1)}${mutate(pair.slice(mark + 1))}`;
    return [pair.slice(0, mark), pairs.map((same, at) => (at === index ? changed : same)).join('&')] as const;
  });
}

// A digit always changes the byte. Another case might not: `%2a` and `%2A` are the same.
function mutate(text: string): string {
  const middle = Math.floor(text.length / 2);
  return text === '' ? 'x' : text.slice(0, middle) + other(text[middle]) + text.slice(middle + 1);
}

function other(character: string | undefined): string {
  return character === '7' ? '3' : '7';
}

function signedHeaderNames({ headers }: Vector): Set<string> {
  const authorization = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  return new Set(parseAcs3Authorization(authorization)?.signedHeaders);
}

function matches(vector: Vector, message: WireMessage): boolean {
  const { method, target, headers, body = '' } = message;
  try {
    const query = parseParameters(target.slice(2));
    if (vector.kind === 'RPC-HMAC-SHA1') {
      return verifyRpc(method, [...query, ...parseParameters(body)], 'testsecret').signatureMatches;
    }
    const header = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
    const authorization = parseAcs3Authorization(header);
    if (authorization === undefined) return false;
    const wire = { method, target, rawHeaders: headers.flat(), body: Buffer.from(body, 'utf8') };
    const { signatureMatches, bodyHashMatches } = verifyAcs3(wire, authorization, 'testsecret');
    return signatureMatches && bodyHashMatches;
  } catch {
    return false; // the byte broke an escape: nothing is left to verify
  }
}

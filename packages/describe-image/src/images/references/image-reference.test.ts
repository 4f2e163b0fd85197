import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../errors/errors.ts';
import { parseImageReference } from './image-reference.ts';

const HEX = '0123456789abcdef'.repeat(4);

describe('parseImageReference', () => {
  it.each<[string, string | undefined, string, string, string | undefined, string | undefined]>([
    ['api', undefined, '', 'api', 'latest', undefined],
    ['api:1.8.0', undefined, '', 'api', '1.8.0', undefined],
    ['shop/api', undefined, 'shop', 'api', 'latest', undefined],
    ['a/b/c:x', undefined, 'a/b', 'c', 'x', undefined],
    [`api@sha256:${HEX}`, undefined, '', 'api', undefined, `sha256:${HEX}`],
    [`shop/api:1@sha256:${HEX}`, undefined, 'shop', 'api', '1', `sha256:${HEX}`],
    [`api@sha256:${HEX.toUpperCase()}`, undefined, '', 'api', undefined, `sha256:${HEX}`],
    ['localhost/api', 'localhost', '', 'api', 'latest', undefined],
    ['localhost:5000/shop/api:2', 'localhost:5000', 'shop', 'api', '2', undefined],
    ['harbor.example.com/shop/api', 'harbor.example.com', 'shop', 'api', 'latest', undefined],
    ['127.0.0.1:5000/api:2', '127.0.0.1:5000', '', 'api', '2', undefined],
    ['[::1]:5000/api:2', '[::1]:5000', '', 'api', '2', undefined],
    ['cri-hfs6gaawhyu6/shop/api:2', 'cri-hfs6gaawhyu6', 'shop', 'api', '2', undefined],
    ['a.cn-hangzhou.cr.aliyuncs.com/n/r:t', 'a.cn-hangzhou.cr.aliyuncs.com', 'n', 'r', 't', undefined],
    ['  api:1 ', undefined, '', 'api', '1', undefined],
    ['a--b/c__d/e.f:_x', undefined, 'a--b/c__d', 'e.f', '_x', undefined],
    [`api:${'t'.repeat(128)}`, undefined, '', 'api', 't'.repeat(128), undefined],
  ])('parses %s', (text, host, namespace, repository, tag, digest) => {
    const reference = parseImageReference(text);
    expect({ ...reference, registry: reference.registry?.host }).toEqual({
      registry: host,
      namespace,
      repository,
      tag,
      digest,
    });
  });

  it.each([
    ['', 'lower-case'],
    ['/api', 'lower-case'],
    ['shop//api', 'lower-case'],
    ['shop/api/', 'lower-case'],
    ['Shop/api', 'lower-case'],
    ['shop/API:1', 'lower-case'],
    ['a___b', 'lower-case'],
    ['a..b', 'lower-case'],
    ['-a', 'lower-case'],
    ['a-', 'lower-case'],
    ['https://localhost/api:1', 'registry'],
    ['api:', 'the tag must be .*, got ""$'],
    ['api:.1', 'the tag must be .*, got ".1"$'],
    ['api:-1', 'the tag must be .*, got "-1"$'],
    ['api:a/b', 'the tag|registry|lower-case'],
    ['api:中', 'the tag must be .*, got "中"$'],
    [`api:${'t'.repeat(129)}`, 'the tag'],
    ['localhost:5000/api:1:2', 'at most one :'],
    ['api@', 'sha256: and 64 hex'],
    [`api@${HEX}`, 'sha256: and 64 hex'],
    [`api@sha256:${HEX.slice(1)}`, 'sha256: and 64 hex'],
    [`api@sha512:${HEX}`, 'sha256: and 64 hex'],
    [`api@sha256:${HEX}@sha256:${HEX}`, 'at most one @'],
    [':5000/api', 'registry'],
    ['host:port/api', 'registry'],
    ['host:/api', 'registry'],
    ['a..b/api', 'registry'],
    ['.a/api', 'registry'],
    ['-a.b/api', 'registry'],
    ['user:pass@host.example/api', '@'],
  ])('rejects %j and names the invalid part', (text, part) => {
    expect(() => parseImageReference(text)).toThrow(ValidationError);
    expect(() => parseImageReference(text)).toThrow(new RegExp(part));
  });

  it('throws only ValidationError, and its result can be formatted back', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a',
        'A',
        '/',
        ':',
        '@',
        '.',
        '-',
        '_',
        'sha256:',
        HEX,
        'localhost',
        '5000',
        ' ',
        'cri-1',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        try {
          const { registry, namespace, repository, tag, digest } = parseImageReference(text);
          const path = [registry?.host, namespace, repository].filter(Boolean).join('/');
          const written = `${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
          expect([text.trim(), `${text.trim()}:latest`].map((t) => t.replace(/SHA256/i, 'sha256'))).toContain(
            written,
          );
        } catch (error) {
          expect(error).toBeInstanceOf(ValidationError);
        }
      }),
      { seed: 11, numRuns: 3000 },
    );
  });
});

import { expect, it } from 'vitest';
import { parseImage } from '../operations/image.ts';
import { registryDomains } from './registry-domains.ts';

it.each([
  [
    'objects with a list',
    [{ type: 'internet', domains: ['a.example', 'b.example'] }],
    ['a.example', 'b.example'],
  ],
  ['objects with one', [{ domains: 'a.example' }], ['a.example']],
  ['text', ['a.example', ''], ['a.example']],
  ['nothing', undefined, []],
  ['something else', { domains: 'a.example' }, []],
])('reads the domains of a registry from %s', (_, endpoints, domains) => {
  expect(registryDomains(parseImage({ Endpoints: JSON.stringify(endpoints) }))).toEqual(domains);
});

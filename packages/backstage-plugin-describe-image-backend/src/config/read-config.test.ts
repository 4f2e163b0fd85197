import { ConfigReader } from '@backstage/config';
import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';

const read = (describeImage?: object) =>
  readConfig(new ConfigReader(describeImage === undefined ? {} : ({ describeImage } as never)));
const instance = (fields: object) => ({ instances: [{ name: 'a', ...fields }] });

describe('the configuration', () => {
  it('without a word is one instance with the default chain, and documented defaults', () => {
    expect(read()).toEqual({
      instances: [{ name: 'default', concurrency: 8 }],
      cache: { inventorySeconds: 300, liveSeconds: 60, failureSeconds: 15, refreshSeconds: 5 },
      history: { retentionDays: 180 },
      refresh: {
        enabled: true,
        frequencySeconds: 300,
        slowestSeconds: 3600,
        timeoutSeconds: 600,
        requestsPerSecond: 2,
      },
    });
  });

  it('with an empty list has no instance', () => {
    expect(read({ instances: [] }).instances).toEqual([]);
  });

  it('takes numbers from environment variables, which are text', () => {
    expect(read({ cache: { liveSeconds: '30' } }).cache.liveSeconds).toBe(30);
  });

  it.each([
    'https://gateway.example',
    'tds.cn-shanghai.aliyuncs.com',
    'http://127.0.0.1:4010',
    'http://localhost:4010',
    'http://[::1]:4010',
  ])('sends keys to %s', (endpoint) => {
    expect(read(instance({ endpoint })).instances[0]?.endpoint).toBe(endpoint);
  });

  it.each([
    [
      'http to another machine',
      instance({ endpoint: 'http://gateway.example' }),
      'describeImage.instances[0].endpoint: wanted https',
    ],
    [
      'http to a name that begins like loopback',
      instance({ endpoint: 'http://127.0.0.1.example' }),
      'describeImage.instances[0].endpoint: wanted https',
    ],
    [
      'an endpoint that is none',
      instance({ endpoint: 'https://user:pw@gateway.example' }),
      'describeImage.instances[0].endpoint: wanted a host',
    ],
    [
      'an STS over http',
      instance({ roleArn: 'acs:ram::1:role/r', stsEndpoint: 'http://sts.example' }),
      'describeImage.instances[0].stsEndpoint: wanted https',
    ],
    [
      'half a key',
      instance({ accessKeyId: 'id' }),
      'describeImage.instances[0].accessKeySecret: accessKeyId and accessKeySecret belong together',
    ],
    [
      'a token without keys',
      instance({ securityToken: 't' }),
      'describeImage.instances[0].securityToken: a token is of no use',
    ],
    [
      'an empty secret',
      instance({ accessKeyId: 'id', accessKeySecret: '' }),
      'describeImage.instances[0].accessKeySecret: wanted text that is not empty',
    ],
    [
      'an external id without a role',
      instance({ externalId: 'e' }),
      'describeImage.instances[0].externalId: only means something with roleArn',
    ],
    [
      'site and region',
      instance({ site: 'china', region: 'cn-hangzhou' }),
      'describeImage.instances[0].site: site and region say the same',
    ],
    ['a name with a space', instance({ name: 'a b' }), 'describeImage.instances[0].name: wanted 1 to 63'],
    ['no name', { instances: [{}] }, 'describeImage.instances[0].name: '],
    [
      'a word that is no option',
      instance({ acessKeyId: 'id' }),
      'describeImage.instances[0]: Unrecognized key: "acessKeyId"',
    ],
    [
      'one name twice',
      { instances: [{ name: 'a' }, { name: 'a' }] },
      'describeImage.instances[1].name: another instance is called "a"',
    ],
    ['a time that is none', { cache: { liveSeconds: 'soon' } }, 'describeImage.cache.liveSeconds: '],
    ['a retention of nothing', { history: { retentionDays: 0 } }, 'describeImage.history.retentionDays: '],
  ])('refuses %s, and names the place', (_, config, message) => {
    expect(() => read(config)).toThrow(message);
  });

  it('never repeats a value: it may be a key', () => {
    expect(() => read(instance({ accessKeySecret: 'hidden-1', securityToken: 'hidden-2' }))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hidden') }),
    );
  });
});

import { ConfigReader } from '@backstage/config';
import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';

const read = (describeImage?: object) =>
  readConfig(new ConfigReader(describeImage === undefined ? {} : ({ describeImage } as never)));
const instance = (fields: object) => ({ instances: [{ name: 'a', ...fields }] });

describe('readConfig', () => {
  it('returns one instance with the default chain, and the documented defaults, for an empty configuration', () => {
    expect(read()).toEqual({
      instances: [{ name: 'default', concurrency: 8 }],
      cache: { inventorySeconds: 300, liveSeconds: 60, failureSeconds: 15, refreshSeconds: 5 },
      history: { retentionDays: 180 },
      pages: { deadlineSeconds: 5 },
      notifications: {
        events: ['moved', 'moved-back', 'risk-increased', 'scan-failed'],
        severity: {
          moved: 'normal',
          'moved-back': 'high',
          drift: 'high',
          'risk-increased': 'high',
          'scan-failed': 'normal',
          'not-verified': 'low',
        },
        notVerifiedHours: 24,
        language: 'en',
      },
      kubernetes: { enabled: false },
      refresh: {
        enabled: true,
        frequencySeconds: 300,
        slowestSeconds: 3600,
        timeoutSeconds: 600,
        requestsPerSecond: 2,
        liveChecks: { perMinute: 30, maxAgeSeconds: 21_600 },
      },
    });
  });

  it('returns no instance for an empty list', () => {
    expect(read({ instances: [] }).instances).toEqual([]);
  });

  it('accepts numbers as text, from environment variables', () => {
    expect(read({ cache: { liveSeconds: '30' } }).cache.liveSeconds).toBe(30);
  });

  it.each([
    'https://gateway.example',
    'tds.cn-shanghai.aliyuncs.com',
    'http://127.0.0.1:4010',
    'http://localhost:4010',
    'http://[::1]:4010',
  ])('accepts the endpoint %s', (endpoint) => {
    expect(read(instance({ endpoint })).instances[0]?.endpoint).toBe(endpoint);
  });

  it.each([
    [
      'http to another machine',
      instance({ endpoint: 'http://gateway.example' }),
      'describeImage.instances[0].endpoint: expected https',
    ],
    [
      'http to a name that starts like loopback',
      instance({ endpoint: 'http://127.0.0.1.example' }),
      'describeImage.instances[0].endpoint: expected https',
    ],
    [
      'an endpoint with a user',
      instance({ endpoint: 'https://user:pw@gateway.example' }),
      'describeImage.instances[0].endpoint: ',
    ],
    [
      'an STS endpoint over http',
      instance({ roleArn: 'acs:ram::1:role/r', stsEndpoint: 'http://sts.example' }),
      'describeImage.instances[0].stsEndpoint: expected https',
    ],
    [
      'a key id without a secret',
      instance({ accessKeyId: 'id' }),
      'describeImage.instances[0].accessKeySecret: set both accessKeyId and accessKeySecret',
    ],
    [
      'a token without keys',
      instance({ securityToken: 't' }),
      'describeImage.instances[0].securityToken: requires accessKeyId',
    ],
    [
      'an empty secret',
      instance({ accessKeyId: 'id', accessKeySecret: '' }),
      'describeImage.instances[0].accessKeySecret: expected a non-empty string',
    ],
    [
      'an external id without a role',
      instance({ externalId: 'e' }),
      'describeImage.instances[0].externalId: requires roleArn',
    ],
    [
      'site and region',
      instance({ site: 'china', region: 'cn-hangzhou' }),
      'describeImage.instances[0].site: cannot be combined with region',
    ],
    ['a name with a space', instance({ name: 'a b' }), 'describeImage.instances[0].name: expected 1 to 63'],
    ['a missing name', { instances: [{}] }, 'describeImage.instances[0].name: '],
    [
      'an unknown option',
      instance({ acessKeyId: 'id' }),
      'describeImage.instances[0]: Unrecognized key: "acessKeyId"',
    ],
    [
      'the same name twice',
      { instances: [{ name: 'a' }, { name: 'a' }] },
      'describeImage.instances[1].name: another instance has the name "a"',
    ],
    ['a time that is not a number', { cache: { liveSeconds: 'soon' } }, 'describeImage.cache.liveSeconds: '],
    [
      'an unknown event',
      { notifications: { events: ['moved', 'vanished'] } },
      'describeImage.notifications.events[1]: ',
    ],
    [
      'an unknown severity',
      { notifications: { severity: { moved: 'loud' } } },
      'describeImage.notifications.severity.moved: ',
    ],
    ['a retention of zero days', { history: { retentionDays: 0 } }, 'describeImage.history.retentionDays: '],
  ])('rejects %s and names the option', (_, config, message) => {
    expect(() => read(config)).toThrow(message);
  });

  it('omits values, which can be keys, from its error', () => {
    expect(() => read(instance({ accessKeySecret: 'hidden-1', securityToken: 'hidden-2' }))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hidden') }),
    );
  });
});

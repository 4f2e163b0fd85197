import { describe, expect, it } from 'vitest';
import { requestUrl, rpcRequest, signRequest } from '../protocol/index.ts';

const URL_OF_ECS = 'https://ecs.cn-hangzhou.aliyuncs.com/';

describe('a request of any RPC API', () => {
  it('takes Action and Version out of the query into the headers that are signed', () => {
    const request = rpcRequest({ url: `${URL_OF_ECS}?Version=2014-05-26&RegionId=x&Action=DescribeRegions` });
    expect(request.headers).toMatchObject({
      'x-acs-action': 'DescribeRegions',
      'x-acs-version': '2014-05-26',
    });
    expect(requestUrl(request)).toBe(`${URL_OF_ECS}?RegionId=x`);
  });

  it('takes them from headers in any case, or from the form', () => {
    const headers = {
      'X-Acs-Action': 'A',
      'x-acs-version': '1',
      'Content-Type': 'application/x-www-form-urlencoded',
    };
    expect(rpcRequest({ method: 'post', url: URL_OF_ECS, headers, body: 'b=2' })).toMatchObject({
      method: 'POST',
      headers: { 'x-acs-action': 'A', 'x-acs-version': '1' },
      body: 'b=2',
    });
    const form = rpcRequest({
      method: 'POST',
      url: URL_OF_ECS,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Version=1&z=a+b&Action=A&a=%7E*',
    });
    expect(form).toMatchObject({ headers: { 'x-acs-action': 'A' }, body: 'a=~%2A&z=a%20b' });
  });

  it('encodes unicode, plus and reserved characters as the signature wants them, in the order of their names', () => {
    const { query } = rpcRequest({
      url: `${URL_OF_ECS}?Action=A&Version=1&b=caf%C3%A9%2B1&a=!'()*~&Id.10=x&Id.2=y`,
    });
    expect(query).toBe('Id.10=x&Id.2=y&a=%21%27%28%29%2A~&b=caf%C3%A9%2B1');
  });

  it('flattens parameters and forms, lists and objects among them', () => {
    const { query, body, headers } = rpcRequest({
      method: 'POST',
      url: `${URL_OF_ECS}?Action=A`,
      parameters: { Version: 1, Tag: [{ Key: 'a b' }], None: null },
      form: { Id: ['x', 'y'] },
    });
    expect([query, body]).toEqual(['Tag.1.Key=a%20b', 'Id.1=x&Id.2=y']);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('drops what an earlier signing left, so that a request can be signed again', () => {
    const context = { date: new Date(0), nonce: 'one' };
    const keys = { accessKeyId: 'testid', accessKeySecret: 'testsecret', securityToken: 'token' };
    const once = signRequest(rpcRequest({ url: `${URL_OF_ECS}?Action=A&Version=1&a=b` }), keys, context);
    const again = rpcRequest({ url: requestUrl(once), headers: once.headers });
    expect(Object.keys(again.headers).sort()).toEqual(['accept', 'x-acs-action', 'x-acs-version']);
    expect(signRequest(again, keys, context)).toEqual(once);
  });

  it.each([
    ['no action', { url: `${URL_OF_ECS}?Version=1` }, 'Action'],
    ['no version', { url: `${URL_OF_ECS}?Action=A` }, 'Version'],
    ['another method', { method: 'PUT', url: URL_OF_ECS }, 'PUT'],
    ['a parameter twice', { url: `${URL_OF_ECS}?Action=A&Version=1&a=1&a=2` }, '"a" twice'],
    [
      'a parameter in the address and beside it',
      { url: `${URL_OF_ECS}?Action=A&a=1`, parameters: { a: 1 } },
      '"a" twice',
    ],
    ['no address', { url: 'nowhere at all?Action=A&Version=1' }, 'endpoint'],
  ])('refuses %s, naming it', (_, request, named) => {
    expect(() => rpcRequest(request)).toThrow(named);
  });
});

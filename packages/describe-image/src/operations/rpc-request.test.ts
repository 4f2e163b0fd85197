import { describe, expect, it } from 'vitest';
import { requestUrl, rpcRequest, signRequest } from '../protocol/index.ts';

const URL_OF_ECS = 'https://ecs.cn-hangzhou.aliyuncs.com/';

describe('rpcRequest', () => {
  it('moves Action and Version from the query to the signed headers', () => {
    const request = rpcRequest({ url: `${URL_OF_ECS}?Version=2014-05-26&RegionId=x&Action=DescribeRegions` });
    expect(request.headers).toMatchObject({
      'x-acs-action': 'DescribeRegions',
      'x-acs-version': '2014-05-26',
    });
    expect(requestUrl(request)).toBe(`${URL_OF_ECS}?RegionId=x`);
  });

  it('accepts Action and Version in headers, in upper or lower case, and in the form', () => {
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

  it('encodes Unicode, plus and reserved characters as the signature requires, sorted by name', () => {
    const { query } = rpcRequest({
      url: `${URL_OF_ECS}?Action=A&Version=1&b=caf%C3%A9%2B1&a=!'()*~&Id.10=x&Id.2=y`,
    });
    expect(query).toBe('Id.10=x&Id.2=y&a=%21%27%28%29%2A~&b=caf%C3%A9%2B1');
  });

  it('flattens lists and objects in parameters and forms', () => {
    const { query, body, headers } = rpcRequest({
      method: 'POST',
      url: `${URL_OF_ECS}?Action=A`,
      parameters: { Version: 1, Tag: [{ Key: 'a b' }], None: null },
      form: { Id: ['x', 'y'] },
    });
    expect([query, body]).toEqual(['Tag.1.Key=a%20b', 'Id.1=x&Id.2=y']);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('keeps a parameter called __proto__', () => {
    const parameters = JSON.parse('{"__proto__":"x"}');
    expect(rpcRequest({ url: `${URL_OF_ECS}?Action=A&Version=1`, parameters }).query).toBe('__proto__=x');
  });

  it('removes the headers of an earlier signature, so that a request can be signed again', () => {
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
    ['another method', { method: 'LINK', url: URL_OF_ECS }, 'LINK'],
    ['a parameter twice', { url: `${URL_OF_ECS}?Action=A&Version=1&a=1&a=2` }, 'contain "a" once'],
    [
      'a parameter in the address and beside it',
      { url: `${URL_OF_ECS}?Action=A&a=1`, parameters: { a: 1 } },
      'contain "a" once',
    ],
    ['no address', { url: 'nowhere at all?Action=A&Version=1' }, 'endpoint'],
  ])('rejects %s and names it', (_, request, named) => {
    expect(() => rpcRequest(request)).toThrow(named);
  });
});

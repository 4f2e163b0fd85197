import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
import { ValidationError } from '../errors/errors.ts';
import { describeImageOperation, rawOperation } from '../operations/index.ts';
import { buildRequest } from './build-request.ts';
import type { FlatParameters, Operation } from './operation.ts';

const endpoint = resolveEndpoint();
const ids = {
  imageRegionId: 'cn-hangzhou',
  imageInstanceId: 'cri-1',
  imageRepoId: 'crr-1',
  imageTag: '标 *',
};

describe('buildRequest', () => {
  it('puts the four ids of DescribeImage in the canonical query, without a body', () => {
    expect(buildRequest(describeImageOperation, ids, endpoint)).toEqual({
      method: 'POST',
      endpoint,
      query: 'ImageInstanceId=cri-1&ImageRegionId=cn-hangzhou&ImageRepoId=crr-1&ImageTag=%E6%A0%87%20%2A',
      headers: {
        accept: 'application/json',
        'x-acs-action': 'DescribeImage',
        'x-acs-version': '2018-12-03',
      },
      body: undefined,
    });
  });

  it('drops parameters that are undefined or null', () => {
    const { query } = buildRequest(rawOperation('X'), { A: undefined, B: null, C: '' }, endpoint);
    expect(query).toBe('C=');
  });

  it('writes a form body with its content type', () => {
    const form: Operation<FlatParameters, unknown> = {
      ...rawOperation('X'),
      parseInput: () => ({}),
      toRequest: (input) => ({ query: { Q: 'a b' }, form: input }),
    };
    const request = buildRequest(form, { B: 'x*y', A: undefined, C: true }, endpoint);
    expect(request.query).toBe('Q=a%20b');
    expect(request.body).toBe('B=x%2Ay&C=true');
    expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it.each(['\ud83d', '\udc33', 'a\ud83db'])(
    'rejects half a surrogate pair before signing: %j',
    (imageTag) => {
      const build = (): unknown => buildRequest(describeImageOperation, { ...ids, imageTag }, endpoint);
      expect(build).toThrow(ValidationError);
      expect(build).toThrow(/^DescribeImage: .*surrogate/);
    },
  );
});

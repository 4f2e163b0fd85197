import { expect, it } from 'vitest';
import { ramPolicy } from './ram-policy.ts';

it('returns a policy that allows exactly the given actions on all resources', () => {
  const actions = ['yundun-sas:DescribeImage', 'yundun-sas:DescribeImageInstances'];
  const policy = ramPolicy(actions);
  expect(policy).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });
  actions.pop();
  expect(policy.Statement[0]?.Action).toHaveLength(2);
});

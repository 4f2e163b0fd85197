import { expect, test } from 'vitest';
import { ramPolicy } from './ram-policy.ts';

test('ramPolicy allows exactly the actions, on every resource since the API knows no others', () => {
  const actions = ['yundun-sas:DescribeImage', 'yundun-sas:DescribeImageInstances'];
  const policy = ramPolicy(actions);
  expect(policy).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });
  actions.pop();
  expect(policy.Statement[0]?.Action).toHaveLength(2);
});

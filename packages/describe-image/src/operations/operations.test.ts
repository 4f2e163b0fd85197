import { describe, expect, test } from 'vitest';
import { resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
import { ServiceError, ValidationError } from '../errors/errors.ts';
import { buildRequest } from '../protocol/build-request.ts';
import {
  describeImageCriteriaOperation,
  describeImageInstancesOperation,
  describeImageOperation,
  describeImageRepoCriteriaOperation,
  normalizeDigest,
  rawOperation,
} from './index.ts';

const ids = {
  imageRegionId: 'cn-hangzhou',
  imageInstanceId: '39010****',
  imageRepoId: 'f2b8',
  imageTag: '1',
};
const query = <Input>(operation: Parameters<typeof buildRequest<Input, unknown>>[0], input: Input): object =>
  Object.fromEntries(new URLSearchParams(buildRequest(operation, input, resolveEndpoint()).query));

test.each([
  ['DescribeImage', describeImageOperation],
  ['DescribeImageInstances', describeImageInstancesOperation],
  ['DescribeImageRepoCriteria', describeImageRepoCriteriaOperation],
  ['DescribeImageCriteria', describeImageCriteriaOperation],
])('%s is a repeatable read of Sas 2018-12-03 by POST', (action, operation) => {
  expect(operation).toMatchObject({
    action,
    version: '2018-12-03',
    product: 'sas',
    method: 'POST',
    idempotent: true,
    ramAction: `yundun-sas:${action}`,
  });
});

describe('DescribeImage', () => {
  test('takes ids of any form: they are opaque', () => {
    expect(describeImageOperation.parseInput({ ...ids, more: 1 })).toEqual(ids);
  });

  test.each(Object.keys(ids))('refuses a missing, empty or mistyped %s, naming it', (name) => {
    for (const value of [undefined, null, '', 5, {}])
      expect(() => describeImageOperation.parseInput({ ...ids, [name]: value })).toThrow(
        expect.objectContaining({ code: 'Validation', message: expect.stringContaining(name), attempts: 0 }),
      );
  });

  test.each([undefined, null, 'x', 5])('refuses the input %j', (input) => {
    expect(() => describeImageOperation.parseInput(input)).toThrow(ValidationError);
  });
});

describe('DescribeImageInstances', () => {
  test('writes every documented request field', () => {
    const input = describeImageInstancesOperation.parseInput({
      criteria: [{ name: 'instanceId', value: '390100182', logicalExp: 'AND' }],
      logicalExp: 'OR',
      currentPage: 2,
      pageSize: 50,
      scanned: false,
    });
    expect(query(describeImageInstancesOperation, input)).toEqual({
      Criteria: '[{"name":"instanceId","value":"390100182","logicalExp":"AND"}]',
      LogicalExp: 'OR',
      CurrentPage: '2',
      PageSize: '50',
      Scanned: 'false',
    });
  });

  test('sends nothing that is not given', () => {
    expect(query(describeImageInstancesOperation, { criteria: [] })).toEqual({});
  });

  test.each([
    ['currentPage', 0],
    ['currentPage', 1.5],
    ['currentPage', '1'],
    ['pageSize', -1],
    ['pageSize', Number.NaN],
    ['logicalExp', 'XOR'],
    ['scanned', 'yes'],
    ['criteria', 'tag=1'],
    ['criteria', [{ name: 'tag' }]],
    ['criteria', [{ name: 'tag', value: 1 }]],
    ['criteria', [{ name: 'tag', value: '1', logicalExp: 'XOR' }]],
    ['criteria', [null]],
  ])('refuses %s %j, naming it', (name, value) => {
    expect(() => describeImageInstancesOperation.parseInput({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'Validation', message: expect.stringContaining(name) }),
    );
  });

  test('reads a page, its counts as numbers or as text', () => {
    const PageInfo = { CurrentPage: 1, PageSize: '20', TotalCount: 69, Count: '4' };
    expect(
      describeImageInstancesOperation.parseOutput({ PageInfo, ImageInstanceList: [{ Tag: 'a' }] }, 'R'),
    ).toMatchObject({ images: [{ tag: 'a' }], currentPage: 1, pageSize: 20, totalCount: 69, count: 4 });
  });

  test('counts that are not given are unknown, not 0', () => {
    expect(describeImageInstancesOperation.parseOutput({}, 'R')).toEqual({
      images: [],
      currentPage: undefined,
      pageSize: undefined,
      totalCount: undefined,
      count: undefined,
    });
  });

  test.each([{ ImageInstanceList: {} }, { ImageInstanceList: [1] }])(
    'refuses rows that are none: %j',
    (document) => {
      expect(() => describeImageInstancesOperation.parseOutput(document, 'R')).toThrow(ServiceError);
    },
  );
});

describe.each([
  ['DescribeImageRepoCriteria', describeImageRepoCriteriaOperation],
  ['DescribeImageCriteria', describeImageCriteriaOperation],
])('%s', (_action, operation) => {
  test('sends its fuzzy text, when there is one', () => {
    expect(query(operation, operation.parseInput({ value: 'a b' }))).toEqual({ Value: 'a b' });
    expect(query(operation, operation.parseInput({}))).toEqual({});
  });

  test('refuses a value that is not text', () => {
    expect(() => operation.parseInput({ value: 5 })).toThrow(/value must be text/);
  });

  test('reads names, types and choices', () => {
    const CriteriaList = [
      { Name: 'repoName', Type: 'input', Values: '' },
      { Name: 'vulStatus', Type: 'select', Values: 'NO,YES' },
    ];
    expect(operation.parseOutput({ CriteriaList }, 'R')).toEqual({
      criteria: [
        { name: 'repoName', type: 'input', values: [] },
        { name: 'vulStatus', type: 'select', values: ['NO', 'YES'] },
      ],
    });
    expect(operation.parseOutput({}, 'R')).toEqual({ criteria: [] });
    expect(() => operation.parseOutput({ CriteriaList: 'x' }, 'R')).toThrow(ServiceError);
  });
});

describe('rawOperation', () => {
  test('flattens lists from 1 and objects by key', () => {
    const values = { A: ['x', { B: [1, true] }], C: { D: { E: 10n } }, F: [], G: null };
    expect(query(rawOperation('X'), values)).toEqual({
      'A.1': 'x',
      'A.2.B.1': '1',
      'A.2.B.2': 'true',
      'C.D.E': '10',
    });
  });

  test('keeps the numbers of list items whose neighbours are left out', () => {
    expect(query(rawOperation('X'), { A: [undefined, 'x'] })).toEqual({ 'A.2': 'x' });
  });

  test.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a Date', new Date(0)],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a Map', new Map()],
  ])('refuses %s instead of sending something else', (_what, value) => {
    const { parseInput, toRequest } = rawOperation('X');
    expect(() => toRequest(parseInput({ A: [value] }))).toThrow(
      expect.objectContaining({ code: 'Validation', message: expect.stringContaining('A.1') }),
    );
  });

  test.each([
    ['DescribeImageVulList', true],
    ['ListImageRisk', true],
    ['GetImageScanNumInPeriod', true],
    ['QueryX', true],
    ['PublicCreateImageScanTask', false],
    ['DeleteX', false],
  ])('%s is safe to repeat: %s', (action, idempotent) => {
    expect(rawOperation(action).idempotent).toBe(idempotent);
    expect(rawOperation(action, { idempotent: !idempotent }).idempotent).toBe(!idempotent);
  });

  test('takes another version', () => {
    expect(rawOperation('X', { version: '2021-01-14' }).version).toBe('2021-01-14');
  });

  test.each(['', 'a b', 'A&B', 'A\nB'])('refuses the action %j', (action) => {
    expect(() => rawOperation(action)).toThrow(ValidationError);
  });
});

describe('normalizeDigest', () => {
  const hex = 'AB'.repeat(32);

  test.each([hex, `sha256:${hex}`, `SHA256:${hex.toLowerCase()}`])('reads %s', (text) => {
    expect(normalizeDigest(text)).toBe(`sha256:${hex.toLowerCase()}`);
  });

  test.each([hex.slice(1), `${hex}a`, `sha512:${hex}`, ` ${hex}`, `${hex}\n`, '', null, 5, [hex]])(
    'mends nothing: %j',
    (value) => {
      expect(normalizeDigest(value)).toBeUndefined();
    },
  );
});

import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
import { NotFoundError, ServiceError, ValidationError } from '../errors/errors.ts';
import { buildRequest } from '../protocol/build-request.ts';
import {
  describeImageCriteriaOperation,
  describeImageInstancesOperation,
  describeImageOperation,
  describeImageRepoCriteriaOperation,
  describeImageVulListOperation,
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

it.each([
  ['DescribeImage', describeImageOperation],
  ['DescribeImageInstances', describeImageInstancesOperation],
  ['DescribeImageRepoCriteria', describeImageRepoCriteriaOperation],
  ['DescribeImageCriteria', describeImageCriteriaOperation],
  ['DescribeImageVulList', describeImageVulListOperation],
])('defines %s as a repeatable read of Sas 2018-12-03 by POST', (action, operation) => {
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
  it('accepts ids of any form', () => {
    expect(describeImageOperation.parseInput({ ...ids, more: 1 })).toEqual(ids);
  });

  it.each(Object.keys(ids))('rejects a missing, empty or mistyped %s and names it', (name) => {
    for (const value of [undefined, null, '', 5, {}])
      expect(() => describeImageOperation.parseInput({ ...ids, [name]: value })).toThrow(
        expect.objectContaining({ code: 'Validation', message: expect.stringContaining(name), attempts: 0 }),
      );
  });

  it.each([undefined, null, 'x', 5])('rejects the input %j', (input) => {
    expect(() => describeImageOperation.parseInput(input)).toThrow(ValidationError);
  });
});

describe('DescribeImage answers', () => {
  it.each([{}, { Data: null }, { Data: {} }, { Data: { Digest: null } }, { Data: { Digest: '' } }])(
    'throws NotFoundError for the answer without a digest %j',
    (document) => {
      expect(() => describeImageOperation.parseOutput(document, 'R')).toThrow(NotFoundError);
    },
  );

  it.each([{ Data: 'x' }, { Data: [] }, { Data: { Digest: 'latest' } }, { Data: { Digest: 5 } }])(
    'throws ServiceError for the unreadable answer %j',
    (document) => {
      expect(() => describeImageOperation.parseOutput(document, 'R')).toThrow(ServiceError);
    },
  );
});

describe('DescribeImageInstances', () => {
  it('sends all documented request fields', () => {
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

  it('sends no field that is not given', () => {
    expect(query(describeImageInstancesOperation, { criteria: [] })).toEqual({});
  });

  it.each([
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
  ])('rejects %s %j and names it', (name, value) => {
    expect(() => describeImageInstancesOperation.parseInput({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'Validation', message: expect.stringContaining(name) }),
    );
  });

  it('parses a page with counts as numbers or as text', () => {
    const PageInfo = { CurrentPage: 1, PageSize: '20', TotalCount: 69, Count: '4' };
    expect(
      describeImageInstancesOperation.parseOutput({ PageInfo, ImageInstanceList: [{ Tag: 'a' }] }, 'R'),
    ).toMatchObject({ images: [{ tag: 'a' }], currentPage: 1, pageSize: 20, totalCount: 69, count: 4 });
  });

  it('returns undefined, not 0, for missing counts', () => {
    const document = { PageInfo: {}, ImageInstanceList: [] };
    expect(describeImageInstancesOperation.parseOutput(document, 'R')).toEqual({
      images: [],
      currentPage: undefined,
      pageSize: undefined,
      totalCount: undefined,
      count: undefined,
    });
  });

  it.each([
    [{}, 'ImageInstanceList must be a list of objects, got nothing'],
    [{ PageInfo: {} }, 'ImageInstanceList must be a list of objects, got nothing'],
    [{ PageInfo: {}, ImageInstanceList: null }, 'ImageInstanceList must be a list of objects, got null'],
    [
      { PageInfo: {}, ImageInstanceList: {} },
      'ImageInstanceList must be a list of objects, got a value of type object',
    ],
    [{ PageInfo: {}, ImageInstanceList: [1] }, 'ImageInstanceList must be a list of objects, got a list'],
    [{ ImageInstanceList: [] }, 'PageInfo must be an object, got nothing'],
    [{ ImageInstanceList: [], PageInfo: [] }, 'PageInfo must be an object, got a list'],
  ])('throws ServiceError for the unreadable answer %j', (document, problem) => {
    expect(() => describeImageInstancesOperation.parseOutput(document, 'R')).toThrow(
      expect.objectContaining({
        code: 'Service',
        message: `DescribeImageInstances: unreadable answer: ${problem}`,
        requestId: 'R',
        status: 200,
      }),
    );
  });
});

describe('DescribeImageVulList', () => {
  it('sends all documented request fields', () => {
    const texts = {
      statusList: '1',
      name: 'debian:10:CVE-2019-9893',
      aliasName: 'High',
      tag: 'oval',
      ruleTag: 'AI',
      image: 'host/a/b:1',
      repoRegionId: 'cn-hangzhou',
      repoInstanceId: 'i-1',
      repoId: 'r-1',
      repoName: 'libssh2',
      repoNamespace: 'n',
      regionId: 'cn-shanghai',
      instanceId: '1-q',
      uuids: 'u1,u2',
      clusterId: 'c1',
      clusterName: 'docker-law',
      containerId: 'c08',
      namespace: 'test-002',
      pod: '22222-7xsqq',
    };
    const input = describeImageVulListOperation.parseInput({
      ...texts,
      digest: `sha256:${'A'.repeat(64)}`,
      necessity: 'asap',
      dealed: 'n',
      lang: 'en',
      scanRange: ['image', 'container'],
      currentPage: 2,
      pageSize: 50,
    });
    expect(query(describeImageVulListOperation, input)).toEqual({
      ...Object.fromEntries(
        Object.entries(texts).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
      ),
      Type: 'cve',
      Digest: 'a'.repeat(64),
      Necessity: 'asap',
      Dealed: 'n',
      Lang: 'en',
      'ScanRange.1': 'image',
      'ScanRange.2': 'container',
      CurrentPage: '2',
      PageSize: '50',
    });
  });

  it('sends only the type if no field is given', () => {
    expect(query(describeImageVulListOperation, {})).toEqual({ Type: 'cve' });
  });

  it.each([
    ['digest', 'latest'],
    ['necessity', 'high'],
    ['dealed', true],
    ['lang', 'de'],
    ['name', ''],
    ['statusList', 1],
    ['scanRange', 'image'],
    ['scanRange', [1]],
    ['currentPage', 0],
    ['pageSize', '10'],
  ])('rejects %s %j and names it', (name, value) => {
    expect(() => describeImageVulListOperation.parseInput({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'Validation', message: expect.stringContaining(name) }),
    );
  });

  it.each([
    [{}, 'VulRecords must be a list of objects, got nothing'],
    [{ VulRecords: [] }, 'TotalCount must be an integer, got nothing'],
    [{ VulRecords: [], TotalCount: 0, PageSize: 10 }, 'CurrentPage must be an integer, got nothing'],
    [{ VulRecords: [], TotalCount: 0, CurrentPage: 1 }, 'PageSize must be an integer, got nothing'],
  ])('throws ServiceError for the unreadable answer %j', (document, problem) => {
    expect(() => describeImageVulListOperation.parseOutput(document, 'R')).toThrow(
      expect.objectContaining({
        code: 'Service',
        message: `DescribeImageVulList: unreadable answer: ${problem}`,
        requestId: 'R',
      }),
    );
  });
});

describe.each([
  ['DescribeImageRepoCriteria', describeImageRepoCriteriaOperation],
  ['DescribeImageCriteria', describeImageCriteriaOperation],
])('%s', (_action, operation) => {
  it('sends the search text, if there is one', () => {
    expect(query(operation, operation.parseInput({ value: 'a b' }))).toEqual({ Value: 'a b' });
    expect(query(operation, operation.parseInput({}))).toEqual({});
  });

  it('rejects a value that is not a string', () => {
    expect(() => operation.parseInput({ value: 5 })).toThrow(/value must be a string, got number/);
  });

  it('parses names, types and values', () => {
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
    expect(operation.parseOutput({ CriteriaList: [] }, 'R')).toEqual({ criteria: [] });
  });
});

it.each([
  {},
  { CriteriaList: 'x' },
  { CriteriaList: null },
  { CriteriaList: [1] },
  { CriteriaList: [{ Type: 'input' }] },
])('throws ServiceError for criteria in the unreadable answer %j', (document) => {
  for (const operation of [describeImageRepoCriteriaOperation, describeImageCriteriaOperation])
    expect(() => operation.parseOutput(document, 'R')).toThrow(ServiceError);
});

describe('rawOperation', () => {
  it.each([
    [{ 'A.1': 'x', A: ['y'] }, 'X: A.1 must have one value, got two from "A.1" and "A"'],
    [{ A: ['y'], 'A.1': 'x' }, 'X: A.1 must have one value, got two from "A" and "A.1"'],
    [{ 'A.B': 'x', A: { B: 'y' } }, 'X: A.B must have one value, got two from "A.B" and "A"'],
    [{ A: { 'B.C': 1, B: { C: 2 } } }, 'X: A.B.C must have one value, got two from "A" and "A"'],
  ])('rejects two values of one parameter: %j', (values, message) => {
    const { parseInput, toRequest } = rawOperation('X');
    expect(() => toRequest(parseInput(values))).toThrow(
      expect.objectContaining({ code: 'Validation', message }),
    );
  });

  it('sends a parameter called __proto__', () => {
    const values = JSON.parse('{"__proto__":"x"}');
    expect(
      new URLSearchParams(buildRequest(rawOperation('X'), values, resolveEndpoint()).query).get('__proto__'),
    ).toBe('x');
  });

  it('flattens lists from 1 and objects by key', () => {
    const values = { A: ['x', { B: [1, true] }], C: { D: { E: 10n } }, F: [], G: null };
    expect(query(rawOperation('X'), values)).toEqual({
      'A.1': 'x',
      'A.2.B.1': '1',
      'A.2.B.2': 'true',
      'C.D.E': '10',
    });
  });

  it('keeps the index of a list item after an undefined one', () => {
    expect(query(rawOperation('X'), { A: [undefined, 'x'] })).toEqual({ 'A.2': 'x' });
  });

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a Date', new Date(0)],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a Map', new Map()],
  ])('rejects %s, which has no text form', (_what, value) => {
    const { parseInput, toRequest } = rawOperation('X');
    expect(() => toRequest(parseInput({ A: [value] }))).toThrow(
      expect.objectContaining({ code: 'Validation', message: expect.stringContaining('A.1') }),
    );
  });

  it.each([
    ['DescribeImageVulList', true],
    ['ListImageRisk', true],
    ['GetImageScanNumInPeriod', true],
    ['QueryX', true],
    ['PublicCreateImageScanTask', false],
    ['DeleteX', false],
  ])('decides by its name whether %s can be repeated: %s', (action, idempotent) => {
    expect(rawOperation(action).idempotent).toBe(idempotent);
    expect(rawOperation(action, { idempotent: !idempotent }).idempotent).toBe(!idempotent);
  });

  it('accepts another version', () => {
    expect(rawOperation('X', { version: '2021-01-14' }).version).toBe('2021-01-14');
  });

  it.each(['', 'a b', 'A&B', 'A\nB'])('rejects the action %j', (action) => {
    expect(() => rawOperation(action)).toThrow(ValidationError);
  });
});

describe('normalizeDigest', () => {
  const hex = 'AB'.repeat(32);

  it.each([hex, `sha256:${hex}`, `SHA256:${hex.toLowerCase()}`])('parses %s', (text) => {
    expect(normalizeDigest(text)).toBe(`sha256:${hex.toLowerCase()}`);
  });

  it.each([hex.slice(1), `${hex}a`, `sha512:${hex}`, ` ${hex}`, `${hex}\n`, '', null, 5, [hex]])(
    'returns undefined for %j',
    (value) => {
      expect(normalizeDigest(value)).toBeUndefined();
    },
  );
});

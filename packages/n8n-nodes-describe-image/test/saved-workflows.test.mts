import { readdirSync, readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './demo.mts';

// Workflows and output fields as version 1 of the nodes saved and returned them. Never change these files.
const folder = new URL('saved-workflows/', import.meta.url);
const fields: Readonly<Record<string, string[]>> = readJson('version-1-output-fields.json');
const nodes = readdirSync(new URL('version-1/', folder)).flatMap((file) =>
  readJson<{ nodes: SavedNode[] }>(`version-1/${file}`)
    .nodes.filter(({ type }) => type.startsWith('@describe-image/'))
    .map((node): [string, SavedNode] => [`${node.name} of ${file}`, node]),
);

interface SavedNode {
  readonly name: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly parameters: IDataObject;
}

function readJson<Content>(file: string): Content {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());

describe.each(nodes)('the saved node %s', (_, { type, typeVersion, parameters }) => {
  const name = type.slice(type.lastIndexOf('.') + 1).replace(/Tool$/, '');

  it('keeps its parameters and its single output', () => {
    const opened = demo.engine.open(name, parameters, { typeVersion });
    expect(opened.issues).toBeUndefined();
    expect(opened.parameters).toMatchObject(
      Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== 'pollTimes')),
    );
    expect(opened.outputs).toHaveLength(1);
  });
});

const everyOperation = nodes
  .filter(([title]) => title.endsWith('every-operation.json'))
  .map(([, node]): [string, SavedNode] => [node.name, node]);

it.each(everyOperation)('returns the fields of version 1 from %s', async (name, saved) => {
  const { typeVersion, parameters } = saved;
  const { error, outputs } = await demo.engine.run(parameters, [{}], { typeVersion });
  expect(error).toBeUndefined();
  expect(Object.keys(outputs[0]?.[0]?.json ?? {})).toEqual(fields[name]);
});

it.each(['digestChanged', 'newTag', 'scanFinished', 'riskIncreased'])(
  'returns the fields of version 1 for the event %s',
  async (event) => {
    const parameters = { watch: 'filter', filters: {}, events: [event], options: { emitFirst: true } };
    const items = await demo.engine.trigger(parameters, { typeVersion: 1 }).poll();
    expect(Object.keys(items?.[0] ?? {})).toEqual(fields[`trigger ${event}`]);
  },
);

it('stops on an unmet option of version 1', async () => {
  const parameters = {
    operation: 'get',
    imageBy: 'reference',
    reference: 'shop/checkout:latest',
    options: { requireScanned: true },
  };
  demo.emulator.state.push({ repository: 'shop/checkout', tag: 'latest', regionId: 'cn-hangzhou' });
  const { error } = await demo.engine.run(parameters, [{}], { typeVersion: 1 });
  expect(error).toMatchObject({ message: 'The digest does not meet a requirement' });
});

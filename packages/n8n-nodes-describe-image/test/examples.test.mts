import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type {
  IDataObject,
  INodeProperties,
  INodePropertyCollection,
  INodePropertyOptions,
} from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './demo.mts';

interface Node {
  readonly name: string;
  readonly type: string;
  readonly parameters: IDataObject;
  readonly credentials?: object;
}

interface Workflow {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly connections: Readonly<Record<string, Readonly<Record<string, { node: string }[][]>>>>;
}

const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const examples = readdirSync(folder).map((file): [string, Workflow] => [
  file,
  JSON.parse(readFileSync(`${folder}${file}`, 'utf8')),
]);

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());

describe.each(examples)('the example %s', (_, { nodes, connections }) => {
  it('connects existing nodes only', () => {
    const names = nodes.map(({ name }) => name);
    for (const [from, outputs] of Object.entries(connections)) {
      expect(names).toContain(from);
      for (const { node } of Object.values(outputs).flat(2)) expect(names).toContain(node);
    }
  });

  it('uses existing parameters, existing options and the credential of this package', () => {
    for (const { type, parameters, credentials } of nodes) {
      const [, ours] = /^@describe-image\/.*\.(\w+?)(?:Tool)?$/.exec(type) ?? [];
      if (ours === undefined) continue;
      expect(Object.keys(credentials ?? {})).toEqual(['describeImageAlibabaCloudRamApi']);
      for (const [name, value] of Object.entries(parameters)) {
        if (name === 'pollTimes') continue; // added by n8n to every polling trigger
        const properties = demo.engine.properties(ours).filter((property) => property.name === name);
        expect(properties, name).not.toEqual([]);
        const options = properties.flatMap(optionValues);
        if (options.length > 0) for (const option of [value].flat()) expect(options).toContain(option);
      }
    }
  });
});

it('passes only the clean image of the risk gate', async () => {
  const gate = examples.find(([file]) => file === 'risk-gate.json')?.[1].nodes ?? [];
  const parameters = gate.find(({ type }) => type.endsWith('.describeImage'))?.parameters ?? {};
  const items = ['shop/checkout:1.4.2', 'shop/storefront:2.9.0', 'shop/payments:0.9.0'];
  const { outputs } = await demo.engine.run(
    parameters,
    items.map((image) => ({ image })),
  );
  expect(outputs.map((output) => output.map(({ json }) => json['state']))).toEqual([
    ['clean'],
    ['risky', 'unknown'],
  ]);
});

it('passes only the expected digest of the drift report', async () => {
  const report = examples.find(([file]) => file === 'nightly-drift-report.json')?.[1].nodes ?? [];
  const parameters = report.find(({ type }) => type.endsWith('.describeImage'))?.parameters ?? {};
  const code = String(report.find(({ name }) => name === 'Expected Digests')?.parameters['jsCode']);
  const items = [...code.matchAll(/image: '(.*?)', digest: '(.*?)'/g)].map(([, image = '', digest = '']) => ({
    image,
    digest,
  }));
  const { outputs } = await demo.engine.run(parameters, items);
  expect(outputs.map((output) => output.map(({ json }) => json['outcome']))).toEqual([
    ['match'],
    ['drift', 'missing'],
  ]);
});

it.each(examples)('describes the purpose and the set-up of %s in sticky notes', (_, { nodes }) => {
  const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
  expect(notes.map(({ name }) => name)).toContain('About');
  for (const { parameters } of notes) expect(parameters['content']).toMatch(/^##/);
});

function optionValues({ type, options = [] }: INodeProperties): (string | number | boolean | undefined)[] {
  if (type !== 'options' && type !== 'multiOptions') return [];
  return options.map((option: INodePropertyOptions | INodeProperties | INodePropertyCollection) =>
    'value' in option ? option.value : undefined,
  );
}

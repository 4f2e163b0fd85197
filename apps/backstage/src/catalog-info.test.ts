import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  componentEntityV1alpha1Validator,
  entitySchemaValidator,
  groupEntityV1alpha1Validator,
  parseEntityRef,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { APP } from './folders.ts';

const ROOT = join(APP, '../..');

const manifestSchema = z.looseObject({
  name: z.string(),
  private: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

const parseEntity = entitySchemaValidator();
const entities = parseAllDocuments(readFileSync(join(ROOT, 'catalog-info.yaml'), 'utf8')).map((document) =>
  parseEntity(document.toJS()),
);
const components = entities.filter(({ kind }) => kind === 'Component');
const manifests = globSync('packages/*/package.json', { cwd: ROOT })
  .map((file) => manifestSchema.parse(JSON.parse(readFileSync(join(ROOT, file), 'utf8'))))
  .filter((manifest) => manifest.private !== true);

describe('catalog-info.yaml', () => {
  it("is valid for Backstage's schemas", async () => {
    const validators = [
      componentEntityV1alpha1Validator,
      groupEntityV1alpha1Validator,
      systemEntityV1alpha1Validator,
    ];
    for (const entity of entities) {
      const checks = await Promise.all(validators.map((validator) => validator.check(entity)));
      expect(checks.filter(Boolean), stringifyEntityRef(entity)).toHaveLength(1);
    }
  });

  it('has one component for each published package', () => {
    expect(components.map(({ metadata }) => metadata.title).sort()).toEqual(
      manifests.map(({ name }) => name).sort(),
    );
  });

  it('lists the dependencies between the packages', () => {
    const titles = new Map(entities.map((entity) => [stringifyEntityRef(entity), entity.metadata.title]));
    for (const { name, dependencies } of manifests) {
      const component = components.find(({ metadata }) => metadata.title === name);
      const refs = z.array(z.string()).default([]).parse(component?.spec?.['dependsOn']);
      const listed = refs.map((ref) => titles.get(stringifyEntityRef(parseEntityRef(ref))));
      const required = Object.keys(dependencies).filter((dependency) =>
        dependency.startsWith('@describe-image/'),
      );
      expect(listed, name).toEqual(expect.arrayContaining(required));
      expect(listed, name).not.toContain(undefined);
    }
  });
});

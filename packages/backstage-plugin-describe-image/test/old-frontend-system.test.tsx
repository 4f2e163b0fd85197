import { EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { parseImageAnnotations } from '@describe-image/backstage-plugin-describe-image-common';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { describe, expect, it } from 'vitest';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import { exampleEntities } from '../dev/example-entities.ts';
import { describeImageApiRef, EntityImagesCard, EntityImagesContent, ImagesPage } from '../src/legacy.ts';
import { describeImageTranslationRef } from '../src/translations/translation-ref.ts';
import zh from '../src/translations/zh.ts';

const renderEntity = (entity: (typeof exampleEntities)[keyof typeof exampleEntities], part: JSX.Element) =>
  renderInTestApp(
    <TestApiProvider
      apis={[
        [describeImageApiRef, new ExampleDescribeImageApi({ tagCount: 2 })],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <EntityProvider entity={entity}>
        <Routes>
          <Route path="/" element={part} />
        </Routes>
      </EntityProvider>
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );

describe('the old frontend system', () => {
  it('shows the card in an app without the signals plugin', async () => {
    await renderEntity(exampleEntities.fine, <EntityImagesCard />);
    expect(await screen.findByText('No risks found')).toBeInTheDocument();
  });

  it('shows the annotation to add for an entity without images', async () => {
    await renderEntity(exampleEntities.undeclared, <EntityImagesCard />);
    expect(await screen.findByText(/alibabacloud\.com\/container-images:/)).toBeInTheDocument();
  });

  it('shows the tab with history and tags', async () => {
    await renderEntity(exampleEntities.fine, <EntityImagesContent />);
    await screen.findByText(/2 of 2 tags/);
    expect(screen.getByRole('heading', { name: 'History' })).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: /^Tags of/ })).toBeInTheDocument();
  });

  it('shows the page with its own heading', async () => {
    await renderEntity(exampleEntities.fine, <ImagesPage />);
    expect(await screen.findByText(/\d+ of \d+ images/)).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Container images', level: 1 })).toBeInTheDocument();
  });
});

describe('the Chinese texts', () => {
  it('translate the errors of annotations', async () => {
    const { faults } = parseImageAnnotations(exampleEntities.failing);
    const english = flatten(messagesOf(describeImageTranslationRef));
    const chinese = zh.messages as Record<string, string>;
    for (const { code, message } of faults) {
      expect(english.get(`annotationFaults.message.${code}`)).toBe(message);
      expect(chinese[`annotationFaults.message.${code}`]).toMatch(/\p{Script=Han}/u);
    }
    expect(faults).not.toEqual([]);
  });

  it('have the same keys and placeholders as the English texts', () => {
    const english = flatten(messagesOf(describeImageTranslationRef));
    const chinese = new Map(Object.entries(zh.messages as Record<string, string>));
    expect(new Set([...chinese.keys()].map(withoutPlural))).toEqual(
      new Set([...english.keys()].map(withoutPlural)),
    );
    for (const [key, text] of chinese) {
      const counterpart = english.get(key) ?? english.get(`${withoutPlural(key)}_other`) ?? '';
      expect([key, placeholders(text)]).toEqual([key, placeholders(counterpart)]);
    }
  });
});

const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, '');
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\s*\w+\s*\}\}/g))].sort();

/** `getDefaultMessages` is internal to Backstage; there is no public way to read the texts of a ref. */
function messagesOf(ref: object): object {
  const { getDefaultMessages } = ref as { getDefaultMessages(): object };
  return getDefaultMessages.call(ref);
}

function flatten(node: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[`${prefix}${name}`, value]] : [...flatten(value, `${prefix}${name}.`)],
    ),
  );
}

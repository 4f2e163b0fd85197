import { EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { cleanup, screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { mutate } from 'swr';
import { afterEach, describe, expect, it } from 'vitest';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import { exampleEntities } from '../dev/example-entities.ts';
import { describeImageApiRef, EntityImagesCard, EntityImagesContent, ImagesPage } from '../src/legacy.ts';
import { describeImageTranslationRef } from '../src/translation-ref.ts';
import zh from '../src/translations/zh.ts';

afterEach(() => {
  cleanup();
  return mutate(() => true, undefined);
});

const on = (entity: (typeof exampleEntities)[keyof typeof exampleEntities], part: JSX.Element) =>
  renderInTestApp(
    <TestApiProvider
      apis={[
        [describeImageApiRef, new ExampleDescribeImageApi()],
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
  it('has the card, in an app without signals', async () => {
    await on(exampleEntities.fine, <EntityImagesCard />);
    expect(await screen.findByText(/said by DescribeImage/)).toBeInTheDocument();
  });

  it('tells an entity without the annotation which one to add', async () => {
    await on(exampleEntities.undeclared, <EntityImagesCard />);
    expect(await screen.findByText(/alibabacloud\.com\/container-images:/)).toBeInTheDocument();
  });

  it('has the tab, with history and tags', async () => {
    await on(exampleEntities.fine, <EntityImagesContent />);
    expect(await screen.findByRole('heading', { name: 'History' })).toBeInTheDocument();
    expect(await screen.findByRole('heading', { name: /^All tags of/ })).toBeInTheDocument();
  });

  it('has the page, under a heading of its own', async () => {
    await on(exampleEntities.fine, <ImagesPage />);
    expect(await screen.findByRole('heading', { name: 'Container images', level: 1 })).toBeInTheDocument();
    expect(await screen.findByText(/\d+ of \d+ images/)).toBeInTheDocument();
  });
});

describe('Chinese', () => {
  it('has every text, with the same places to fill', () => {
    const english = flatten(messagesOf(describeImageTranslationRef));
    const chinese = new Map(Object.entries(zh.messages as Record<string, string>));
    // Chinese has one form where English has two.
    expect(new Set([...chinese.keys()].map(withoutPlural))).toEqual(
      new Set([...english.keys()].map(withoutPlural)),
    );
    for (const [key, text] of chinese) {
      const counterpart = english.get(key) ?? english.get(`${withoutPlural(key)}_other`) ?? '';
      expect([key, places(text)]).toEqual([key, places(counterpart)]);
    }
  });
});

const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, '');
const places = (text: string): string[] => [...new Set(text.match(/\{\{\s*\w+\s*\}\}/g))].sort();

/** The reference keeps its texts to itself, in the way in which the app asks for them. */
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

import { expect, it } from 'vitest';
import { imageTabPath } from './image-tab-path.ts';

it('returns the path of the tab, with the escaped key of the image', () => {
  expect(imageTabPath('Component:default/checkout')).toBe('/catalog/default/component/checkout/images');
  expect(imageTabPath('component:shop/web', 'host/a&b:1')).toBe(
    '/catalog/shop/component/web/images?image=host%2Fa%26b%3A1',
  );
});

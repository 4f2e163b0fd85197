import { describe, expect, it } from 'vitest';
import type { ListImagesOptions } from '../src/images/inventory/list-images.ts';
import { sendJson, startServer } from './scripted-server.ts';
import { failure, testClient } from './test-client.ts';

describe('listImages of a client', () => {
  const inventory = () =>
    startServer((request, response) => {
      const page = Number(new URLSearchParams(request.url?.split('?')[1]).get('CurrentPage'));
      sendJson(response, 200, {
        RequestId: `R${page}`,
        ImageInstanceList: [{ Tag: `${page}a` }, { Tag: `${page}b` }],
        PageInfo: { TotalCount: 4, CurrentPage: page, PageSize: 2, Count: 2 },
      });
    });

  it('sends nothing before the first image is read', async () => {
    const server = await inventory();
    const list = testClient(server.url).listImages({}, { pageSize: 2 });
    expect(server.received).toEqual([]);
    const tags: (string | undefined)[] = [];
    for await (const { tag } of list) tags.push(tag);
    expect(tags).toEqual(['1a', '1b', '2a', '2b']);
    expect((await list.all()).requestIds).toEqual(['R1', 'R2']);
    const pages: number[] = [];
    for await (const { currentPage } of list.pages()) pages.push(currentPage);
    expect(pages).toEqual([1, 2]);
  });

  it('rejects an invalid filter at the first use', async () => {
    const list = testClient('http://127.0.0.1:9').listImages({ digest: 'no digest' });
    expect(await failure(list.all())).toMatchObject({ code: 'Validation' });
  });

  it('keeps the options that it was created with', async () => {
    const server = await inventory();
    const options: { -readonly [Name in keyof ListImagesOptions]: ListImagesOptions[Name] } = { limit: 3 };
    const list = testClient(server.url).listImages({}, options);
    options.limit = 1;
    expect((await list.all()).images).toHaveLength(3);
  });
});

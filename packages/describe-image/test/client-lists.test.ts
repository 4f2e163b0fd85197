import { describe, expect, it } from 'vitest';
import type { ListImagesOptions } from '../src/images/inventory/list-images.ts';
import { sendJson, startServer } from './scripted-server.ts';
import { failure, testClient } from './test-client.ts';
import { vulnerabilityPages, vulnerabilityRecord } from './vulnerability-record.ts';

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

describe('listVulnerabilities of a client', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const list = vulnerabilityPages(
    Array.from({ length: 5 }, (_, index) => vulnerabilityRecord({ PrimaryId: index, Name: `v-${index}` })),
  );
  const service = () =>
    startServer((request, response) => {
      const parameters = Object.fromEntries(new URLSearchParams(request.url?.split('?')[1]));
      const action = String(request.headers['x-acs-action']);
      sendJson(response, 200, list({ action, parameters, options: undefined }, 0).body);
    });

  it('sends nothing before the first vulnerability is read', async () => {
    const server = await service();
    const vulnerabilities = testClient(server.url).listVulnerabilities({ digest }, { pageSize: 2 });
    expect(server.received).toEqual([]);
    const names: string[] = [];
    for await (const { name } of vulnerabilities) names.push(name);
    expect(names).toEqual(['v-0', 'v-1', 'v-2', 'v-3', 'v-4']);
    expect((await vulnerabilities.all()).summary.total).toBe(5);
  });

  it('ends when the signal aborts between two pages', async () => {
    const server = await service();
    const controller = new AbortController();
    const options = { pageSize: 2, signal: controller.signal };
    const pages = testClient(server.url).listVulnerabilities({ digest }, options).pages();
    await pages.next();
    controller.abort();
    expect(await failure(pages.next())).toMatchObject({ code: 'Abort' });
    expect(server.received).toHaveLength(1);
  });

  it('rejects an invalid query at the first use', async () => {
    const vulnerabilities = testClient('http://127.0.0.1:9').listVulnerabilities({ digest: 'latest' });
    expect(await failure(vulnerabilities.all())).toMatchObject({ code: 'Validation' });
  });
});

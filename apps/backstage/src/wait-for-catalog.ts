import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { signInAsGuest } from './guest-session.ts';

const Facets = z.object({ facets: z.object({ kind: z.array(z.object({ count: z.number() })) }) });
const Relations = z.object({ relations: z.array(z.object({ type: z.string() })) });

/** Waits until the catalog has processed all entities and the relations of the guest. */
export async function waitForCatalog(url: string, entities: number): Promise<void> {
  const guest = await signInAsGuest(url);
  const countEntities = async (): Promise<number> => {
    const response = await guest.fetch(
      '/catalog/entity-facets?facet=kind&filter=kind=user,kind=group,kind=system,kind=component',
    );
    return Facets.parse(await response.json()).facets.kind.reduce((sum, { count }) => sum + count, 0);
  };
  const hasRelations = async (): Promise<boolean> => {
    const response = await guest.fetch('/catalog/entities/by-name/user/default/guest');
    return (
      response.ok && Relations.parse(await response.json()).relations.some(({ type }) => type === 'memberOf')
    );
  };
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if ((await countEntities()) >= entities && (await hasRelations())) return;
    await sleep(200);
  }
  throw new Error(
    `catalog: expected ${entities} entities and their relations within 2 minutes, got ${await countEntities()} entities. See the log of the back end`,
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { signInAsGuest } from './guest-session.ts';

const Facets = z.object({ facets: z.object({ kind: z.array(z.object({ count: z.number() })) }) });
const Relations = z.object({ relations: z.array(z.object({ type: z.string() })) });

/** Waits until Backstage has taken in all entities of the file, and knows who belongs to whom. */
export async function waitForCatalog(url: string, wanted: number): Promise<void> {
  const guest = await signInAsGuest(url);
  const taken = async (): Promise<number> => {
    const answer = await guest.ask(
      '/catalog/entity-facets?facet=kind&filter=kind=user,kind=group,kind=system,kind=component',
    );
    return Facets.parse(await answer.json()).facets.kind.reduce((sum, { count }) => sum + count, 0);
  };
  const isStitched = async (): Promise<boolean> => {
    const answer = await guest.ask('/catalog/entities/by-name/user/default/guest');
    return (
      answer.ok && Relations.parse(await answer.json()).relations.some(({ type }) => type === 'memberOf')
    );
  };
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await taken()) >= wanted && (await isStitched())) return;
    await sleep(200);
  }
  throw new Error(
    `the catalog has ${await taken()} of ${wanted} entities: what keeps it is in the back end's log`,
  );
}

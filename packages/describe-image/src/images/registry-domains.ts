import type { Image } from '../operations/image.ts';
import { isObject } from '../protocol/is-object.ts';

/**
 * The names that a row's registry answers to, in the row's order; none where the row names none. Their shape is not documented, so
 * every one that was seen is read.
 *
 * @public
 */
export function registryDomains({ endpoints }: Image): readonly string[] {
  const listed: readonly unknown[] = Array.isArray(endpoints) ? endpoints : [];
  const domains = listed.flatMap((endpoint) => {
    const named = isObject(endpoint) ? endpoint['domains'] : endpoint;
    return Array.isArray(named) ? named : [named];
  });
  return domains.filter((domain): domain is string => typeof domain === 'string' && domain !== '');
}

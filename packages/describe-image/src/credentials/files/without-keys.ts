/** As long as the shortest secret of the vendor, and nothing that separates words. */
const RUN = /[A-Za-z0-9+=_]{20,}/g;

/**
 * Strikes out what looks like a key: long, and of small and capital letters and digits. A key that stands in the wrong line of a
 * file is taken for a name or a region, which would be repeated.
 */
export function withoutKeys(text: string): string {
  return text.replace(RUN, (run) =>
    /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run) ? '[not shown: looks like a key]' : run,
  );
}

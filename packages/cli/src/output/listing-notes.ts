/** What stands below a list: how much of the whole it is, and whether it can be relied on. */
export function listingNotes(summary: {
  readonly count: number;
  readonly totalCount: number | undefined;
  readonly inventoryChanged: boolean;
}): readonly string[] {
  const { count, totalCount, inventoryChanged } = summary;
  const notes = [`${count} of ${totalCount ?? '?'} images`];
  if (totalCount === 0)
    notes.push(
      'note: Security Center lists what it has synchronised; an image pushed just now may be missing',
    );
  if (inventoryChanged)
    notes.push(
      'notice: the inventory changed while it was read, so rows may be missing; list again to be sure',
    );
  return notes;
}

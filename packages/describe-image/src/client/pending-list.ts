/** A request that has not ended. The two links belong to {@link PendingList}. */
export interface Pending {
  previousPending: Pending | undefined;
  nextPending: Pending | undefined;
  /** Ends the request, which then removes itself from the list. */
  close(): void;
}

/** All requests of a client that have not ended, so that closing the client can end them. */
export class PendingList {
  #first: Pending | undefined;

  add(request: Pending): void {
    request.nextPending = this.#first;
    if (this.#first !== undefined) this.#first.previousPending = request;
    this.#first = request;
  }

  remove(request: Pending): void {
    const { previousPending: previous, nextPending: next } = request;
    if (previous === undefined) this.#first = next;
    else previous.nextPending = next;
    if (next !== undefined) next.previousPending = previous;
    // A removed request that is not collected yet would keep its neighbours in memory.
    request.previousPending = request.nextPending = undefined;
  }

  close(): void {
    while (this.#first !== undefined) this.#first.close();
  }
}

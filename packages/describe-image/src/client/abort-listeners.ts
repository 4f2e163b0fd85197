/** A call that an abort ends. */
export interface Abortable {
  onAbort(reason: unknown): void;
}

interface Listener {
  readonly targets: Set<Abortable>;
  readonly listen: () => void;
}

/** One listener for each signal, which all its calls share: Node warns of a leak at the eleventh listener. */
export class AbortListeners {
  readonly #listeners = new Map<AbortSignal, Listener>();

  add(signal: AbortSignal, target: Abortable): void {
    let listener = this.#listeners.get(signal);
    if (listener === undefined) {
      const targets = new Set<Abortable>();
      listener = {
        targets,
        listen: () => {
          for (const each of targets) each.onAbort(signal.reason);
        },
      };
      this.#listeners.set(signal, listener);
      signal.addEventListener('abort', listener.listen, { once: true });
    }
    listener.targets.add(target);
  }

  remove(signal: AbortSignal, target: Abortable): void {
    const listener = this.#listeners.get(signal);
    if (listener === undefined) return;
    listener.targets.delete(target);
    if (listener.targets.size > 0) return;
    this.#listeners.delete(signal);
    signal.removeEventListener('abort', listener.listen);
  }
}

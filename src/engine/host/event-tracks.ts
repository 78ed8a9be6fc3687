import type { EngineEvent } from '../../protocol/events.js';

/** An event and its place in the order of changes. */
export interface Numbered {
  readonly seq: number;
  readonly event: EngineEvent;
}

/** One kind of event, as a reader with a place in it sees it: everything after `seq`, oldest first. */
export interface Track {
  since(seq: number): Iterable<Numbered>;
}

/**
 * Entities: the latest of each wins. A Map keeps its keys in the order they were set, so setting anew
 * after deleting keeps them in the order of change, and a reader needs no list of its own.
 */
export class LatestTrack implements Track {
  readonly #latest = new Map<string, Numbered>();

  note(key: string, numbered: Numbered): void {
    this.#latest.delete(key);
    this.#latest.set(key, numbered);
  }

  *since(seq: number): Iterable<Numbered> {
    for (const numbered of this.#latest.values()) if (numbered.seq > seq) yield numbered;
  }
}

/** Lines: the last `most` are kept; who reads slower than they come loses the oldest. */
export class RecentTrack implements Track {
  #recent: Numbered[] = [];

  constructor(readonly most: number) {}

  note(numbered: Numbered): void {
    this.#recent.push(numbered);
    // Cut in halves, not one by one: each line is moved at most once.
    if (this.#recent.length >= 2 * this.most) this.#recent = this.#recent.slice(-this.most);
  }

  *since(seq: number): Iterable<Numbered> {
    for (const numbered of this.#recent.slice(-this.most)) if (numbered.seq > seq) yield numbered;
  }
}

import type { Halt } from '../../protocol/rehearsal-entity.js';
import { type EndpointKey, endpointKey } from '../../store/batch/endpoints.js';
import type { Load } from './load.js';

/** A thing that was waited for, and how long, in milliseconds. */
export interface Waited {
  readonly why: Halt;
  readonly ms: number;
}

/**
 * The things that first starts wait for, by source. All that wait at a source wait for the same thing, so nobody need
 * ask each of 5,000 at each moment.
 */
export class Waits {
  readonly #bySource = new Map<EndpointKey, { why: Halt; readonly sums: Map<string, Waited> }>();

  /** First starts at a source wait for this from now on. */
  now(source: EndpointKey, why: Halt): void {
    this.#at(source).why = why;
  }

  passed(ms: number): void {
    for (const { why, sums } of this.#bySource.values()) {
      const key = JSON.stringify(why);
      sums.set(key, { why, ms: (sums.get(key)?.ms ?? 0) + ms });
    }
  }

  /** The things that a mailbox waited for since the night began, the longest wait first. */
  of({ row }: Load): readonly Waited[] {
    const sums = this.#at(endpointKey('source', row)).sums.values();
    return [...sums].filter(({ ms }) => ms > 0).sort((a, b) => b.ms - a.ms);
  }

  #at(source: EndpointKey) {
    const known = this.#bySource.get(source);
    if (known) return known;
    const made = { why: { key: 'turn' } as Halt, sums: new Map<string, Waited>() };
    this.#bySource.set(source, made);
    return made;
  }
}

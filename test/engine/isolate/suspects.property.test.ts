import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Strike } from '../../../src/engine/imap/apart/strikes.js';
import { Suspects } from '../../../src/engine/isolate/suspects.js';

/** Bytes and milliseconds of a message, a login and a connection of a made-up line. */
const MESSAGE = 2_000;
const LOGIN = 1_500;
const BYTES_PER_MS = 60;

/** A connection that drops by itself: after volumes, or at times, whatever is sent over it. */
class Line {
  #age = 0;
  #volume = 0;
  now = 0;

  constructor(
    private readonly drops: (line: { readonly now: number; readonly sum: number }) => boolean,
    private readonly culprits: ReadonlySet<number>,
  ) {}

  #sum = 0;

  connects(): void {
    this.#age = 0;
    this.#volume = LOGIN;
    this.now += 1_000;
  }

  /** @returns how the line was lost with these under way; null: it was not */
  carries(uids: readonly number[]): Strike | null {
    const took = (uids.length * MESSAGE) / BYTES_PER_MS;
    this.now += took;
    this.#age += took;
    this.#volume += uids.length * MESSAGE;
    this.#sum += uids.length * MESSAGE;
    const isLost = this.drops({ now: this.now, sum: this.#sum }) || uids.some((uid) => this.culprits.has(uid));
    if (!isLost) return null;
    const strike = { side: 'destination', command: 'APPEND', how: 'dropped', words: 'reset', waited: took } as const;
    return { ...strike, silence: 0, age: this.#age, volume: this.#volume, line: 'steady', others: 'answered' };
  }
}

/** A folder is copied over such a line: all else first, suspects last and alone. @returns who was convicted, and in how many tries */
function copied(messages: number, line: Line, most: number): { convicted: number[]; tries: number; arrived: number } {
  const suspects = new Suspects();
  const elsewhere: Strike[] = [];
  let left = Array.from({ length: messages }, (_, at) => at + 1);
  const convicted: number[] = [];
  let tries = 0;
  const arrives = (uids: readonly number[]) => {
    left = left.filter((uid) => !uids.includes(uid));
    suspects.cleared(uids);
  };
  line.connects();
  while (left.length > 0 && tries < most) {
    tries++;
    const chunk = left.filter((uid) => !suspects.has(uid)).slice(0, 20);
    const [group] = suspects.groups;
    const uids = chunk.length > 0 ? chunk : group!;
    const lost = line.carries(uids);
    if (!lost) {
      arrives(uids);
      continue;
    }
    line.connects();
    if (chunk.length > 0) {
      elsewhere.push(lost);
      suspects.suspect('destination', uids, null);
      continue;
    }
    const tried = suspects.struck(uids, null, lost, elsewhere);
    if (tried.kind !== 'convicted') continue;
    convicted.push(tried.uid);
    arrives([tried.uid]);
  }
  return { convicted, tries, arrived: messages - left.length - convicted.length };
}

const everySum = (bytes: number) => {
  let last = 0;
  return ({ sum }: { sum: number }) => {
    if (sum - last < bytes) return false;
    last = sum;
    return true;
  };
};

const everyTime = (gaps: readonly number[]) => {
  let due = gaps[0]!;
  let at = 0;
  return ({ now }: { now: number }) => {
    if (now < due) return false;
    due = now + gaps[++at % gaps.length]!;
    return true;
  };
};

describe('suspects', () => {
  it('are convicted by no connection that drops by volume', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 20_000, max: 200_000 }), (messages, bytes) => {
        expect(copied(messages, new Line(everySum(bytes), new Set()), 20_000).convicted).toEqual([]);
      }),
    );
  });

  it('are convicted by no connection that drops by time', () => {
    const gaps = fc.array(fc.integer({ min: 4_000, max: 60_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), gaps, (messages, times) => {
        expect(copied(messages, new Line(everyTime(times), new Set()), 20_000).convicted).toEqual([]);
      }),
    );
  });

  it('that are to blame are convicted, all of them and nobody else, within a bounded number of tries', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(uids, (culprits) => {
        const { convicted, arrived, tries } = copied(200, new Line(() => false, new Set(culprits)), 1_000);
        expect(convicted.toSorted((a, b) => a - b)).toEqual(culprits.toSorted((a, b) => a - b));
        expect(arrived).toBe(200 - culprits.length);
        // Ten chunks, and for each culprit its chunk, its parts and three strikes.
        expect(tries).toBeLessThanOrEqual(10 + culprits.length * 20);
      }),
    );
  });

  it('that are to blame are convicted even on a connection that drops by itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 60_000, max: 200_000 }), (culprit, bytes) => {
        const { convicted, arrived } = copied(100, new Line(everySum(bytes), new Set([culprit])), 2_000);
        expect(convicted).toEqual([culprit]);
        expect(arrived).toBe(99);
      }),
    );
  });
});

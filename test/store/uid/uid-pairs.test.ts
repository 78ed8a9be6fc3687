import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UidPairs } from '../../../src/store/uid/uid-pairs.js';
import { BadInput } from '../../../src/words/bad-input.js';

/** Source UIDs, each once, copied to destination UIDs, each once, in runs of random length and any order. */
const acknowledged = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 120 }),
    fc.uniqueArray(fc.integer({ min: 1000, max: 1300 }), { maxLength: 120 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([source, destination, sortSource, sortDestination]) => {
    if (sortSource) source.sort((a, b) => a - b);
    if (sortDestination) destination.sort((a, b) => a - b);
    return source.slice(0, destination.length).map((uid, i) => [uid, destination[i]!] as const);
  });

function of(list: readonly (readonly [number, number])[]): UidPairs {
  const pairs = new UidPairs();
  for (const [source, destination] of list) pairs.append(source, destination);
  return pairs;
}

describe('pairs of UIDs', () => {
  it('are written as COPYUID writes them', () => {
    const pairs = new UidPairs();
    pairs.appendRun({ source: 1, destination: 1001, length: 50 });
    pairs.appendRun({ source: 52, destination: 1051, length: 50 });
    expect(pairs.text()).toEqual({ source: '1:50,52:101', destination: '1001:1100' });
    expect(UidPairs.parse(pairs.text()).runs).toBe(2);
  });

  it('keep their order and their partners through writing and reading', () => {
    fc.assert(
      fc.property(acknowledged, (list) => {
        const pairs = of(list);
        expect([...pairs]).toEqual(list);
        expect(pairs.size).toBe(list.length);
        expect([...UidPairs.parse(pairs.text())]).toEqual(list);
      }),
    );
  });

  it('are found from either side, while more arrive', () => {
    fc.assert(
      fc.property(acknowledged, fc.integer({ min: 0, max: 120 }), (list, sealAt) => {
        const pairs = new UidPairs();
        const there = new Map<number, number>();
        const back = new Map<number, number>();
        list.forEach(([source, destination], i) => {
          if (i === sealAt) pairs.seal(pairs.runs);
          pairs.append(source, destination);
          there.set(source, destination);
          back.set(destination, source);
          if (i % 7 === 0) expect(pairs.sourceOf(destination)).toBe(source);
        });
        for (let uid = 1; uid <= 300; uid++) {
          expect(pairs.destinationOf(uid)).toBe(there.get(uid));
          expect(pairs.sourceOf(1000 + uid)).toBe(back.get(1000 + uid));
        }
        pairs.compact();
        for (const [source, destination] of list) expect(pairs.destinationOf(source)).toBe(destination);
        expect(pairs.size).toBe(list.length);
      }),
    );
  });

  it('that were acknowledged out of order become one run again when they are put in order', () => {
    const pairs = new UidPairs();
    for (const start of [201, 1, 101]) pairs.appendRun({ source: start, destination: 5000 + start, length: 100 });
    pairs.compact();
    expect(pairs.text()).toEqual({ source: '1:300', destination: '5001:5300' });
    expect(pairs.runs).toBe(1);
  });

  it('that were sealed are not touched by what follows', () => {
    const pairs = of([
      [5, 105],
      [1, 101],
    ]);
    pairs.seal(pairs.runs);
    pairs.append(2, 102);
    pairs.compact();
    expect(pairs.text(0, 2)).toEqual({ source: '5,1', destination: '105,101' });
    expect([...pairs]).toEqual([
      [5, 105],
      [1, 101],
      [2, 102],
    ]);
  });

  it('refuse sides of unequal length', () => {
    expect(() => UidPairs.parse({ source: '1:5', destination: '1:4' })).toThrow(BadInput);
    expect(() => UidPairs.parse({ source: '', destination: '1' })).toThrow(BadInput);
    expect(() => UidPairs.parse({ source: '1:x', destination: '1:4' })).toThrow(BadInput);
  });

  // Looked for one after the other they would not be found before this is given up.
  it('are found among half a million single ones that arrived in no order', () => {
    const pairs = new UidPairs();
    const count = 500_000;
    for (let i = 0; i < count; i++) pairs.append(((i * 7919) % count) * 2 + 1, i + 1);
    expect(pairs.runs).toBe(count);
    let wrong = 0;
    for (let i = 0; i < count; i++) {
      const source = ((i * 7919) % count) * 2 + 1;
      if (pairs.sourceOf(i + 1) !== source || pairs.destinationOf(source) !== i + 1) wrong++;
    }
    expect(wrong).toBe(0);
  });
});

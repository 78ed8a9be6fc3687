import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import { BadInput } from '../../../src/words/bad-input.js';

const uid = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 4_294_967_280, max: 4_294_967_295 }));
const uids = fc.array(uid, { maxLength: 60 });

type Step = { readonly kind: 'add' | 'delete'; readonly lo: number; readonly length: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('add', 'delete'),
  lo: fc.integer({ min: 1, max: 80 }),
  length: fc.integer({ min: 0, max: 9 }),
});

function sorted(model: ReadonlySet<number>): number[] {
  return [...model].sort((a, b) => a - b);
}

function agrees(set: UidSet, model: ReadonlySet<number>): void {
  const want = sorted(model);
  expect([...set]).toEqual(want);
  expect(set.size).toBe(want.length);
  expect(set.first).toBe(want[0]);
  expect(set.last).toBe(want.at(-1));
  const flat = [...set.ranges()];
  for (let i = 1; i < flat.length; i++) expect(flat[i]![0]).toBeGreaterThan(flat[i - 1]![1] + 1);
}

describe('a set of UIDs', () => {
  it('holds what a plain set holds after any additions and removals', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const set = new UidSet();
        const model = new Set<number>();
        for (const { kind, lo, length } of steps) {
          const before = model.size;
          for (let i = lo; i <= lo + length; i++) kind === 'add' ? model.add(i) : model.delete(i);
          const changed = kind === 'add' ? set.addRange(lo, lo + length) : set.deleteRange(lo, lo + length);
          expect(changed).toBe(Math.abs(model.size - before));
        }
        agrees(set, model);
        for (let i = 1; i < 95; i++) expect(set.has(i)).toBe(model.has(i));
      }),
    );
  });

  it('joins, subtracts and intersects as plain sets do', () => {
    fc.assert(
      fc.property(uids, uids, (left, right) => {
        const [a, b] = [UidSet.from(left), UidSet.from(right)];
        const [m, n] = [new Set(left), new Set(right)];
        agrees(a.union(b), new Set([...m, ...n]));
        agrees(a.minus(b), new Set([...m].filter((x) => !n.has(x))));
        agrees(a.intersect(b), new Set([...m].filter((x) => n.has(x))));
        const grown = a.clone();
        grown.addAll(b);
        agrees(grown, new Set([...m, ...n]));
        const shrunk = a.clone();
        shrunk.deleteAll(b);
        agrees(shrunk, new Set([...m].filter((x) => !n.has(x))));
        agrees(a, m);
      }),
    );
  });

  it('is the same after being written and read', () => {
    fc.assert(
      fc.property(uids, (list) => {
        const set = UidSet.from(list);
        expect(UidSet.parse(set.toString()).equals(set)).toBe(true);
      }),
    );
  });

  it('is one of its own after being copied, read or joined to an empty one, whichever changes first', () => {
    const change = (set: UidSet, model: Set<number>, steps: readonly Step[]) => {
      for (const { kind, lo, length } of steps) {
        if (kind === 'add') set.addRange(lo, lo + length);
        else set.deleteAll(UidSet.range(lo, lo + length));
        for (let i = lo; i <= lo + length; i++) kind === 'add' ? model.add(i) : model.delete(i);
      }
    };
    const steps = fc.array(step, { maxLength: 6 });
    fc.assert(
      fc.property(uids, fc.boolean(), steps, steps, steps, (list, asText, a, b, c) => {
        const first = asText ? UidSet.parse(UidSet.from(list).toString()) : UidSet.from(list);
        const copy = first.clone();
        const joined = new UidSet();
        joined.addAll(first);
        const models = [new Set(list), new Set(list), new Set(list)] as const;
        change(copy, models[0], a);
        change(first, models[1], b);
        change(joined, models[2], c);
        agrees(copy, models[0]);
        agrees(first, models[1]);
        agrees(joined, models[2]);
      }),
    );
  });

  it('is written at its shortest, however it was read', () => {
    for (const text of ['3:3', '1,2', '1:2,3', '2:1', '1:5,4:6', '7,7']) {
      const set = UidSet.parse(text);
      expect(set.toString()).toBe(UidSet.from([...set]).toString());
      expect(set.size).toBe([...set].length);
    }
  });

  it('is cut into commands of bounded length and chunks of bounded size, losing nothing', () => {
    fc.assert(
      fc.property(uids, fc.integer({ min: 21, max: 60 }), fc.integer({ min: 1, max: 20 }), (list, bytes, most) => {
        const set = UidSet.from(list);
        const lines = set.strings(bytes);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(bytes);
        expect(lines.join(',')).toBe(set.toString());
        const chunks = [...set.chunks(most)];
        for (const chunk of chunks.slice(0, -1)) expect(chunk.size).toBe(most);
        expect(chunks.flatMap((chunk) => [...chunk])).toEqual([...set]);
      }),
    );
  });

  it('reads ranges written backwards, overlapping and out of order', () => {
    expect(UidSet.parse('9,4:2,3:5,1').toString()).toBe('1:5,9');
    expect(UidSet.parse('').isEmpty).toBe(true);
    expect(UidSet.parse('4294967295').last).toBe(4_294_967_295);
  });

  it.each([
    '0',
    '*',
    '1:*',
    '1,',
    ',1',
    '1:',
    ':1',
    '1::2',
    '01',
    '1 2',
    '4294967296',
    '-1',
    '1.5',
    'a',
    '1:2:3',
    '1,,2',
    '99999999999999999999',
  ])('refuses %j in one line that quotes it', (text) => {
    expect(() => UidSet.parse(text)).toThrow(BadInput);
    expect(() => UidSet.parse(text)).toThrow(JSON.stringify(text));
  });

  it('refuses UIDs that no server can give', () => {
    const set = UidSet.parse('1:3');
    for (const bad of [0, -1, 1.5, Number.NaN, 4_294_967_296]) {
      expect(() => set.add(bad)).toThrow(RangeError);
      expect(() => UidSet.from([bad])).toThrow(RangeError);
    }
    expect(set.toString()).toBe('1:3');
  });

  // So many that what costs their square would not end before this is given up.
  it('takes half a million scattered UIDs, in order, backwards and in batches', () => {
    const odd = Array.from({ length: 500_000 }, (_, i) => i * 2 + 1);
    const set = UidSet.from(odd);
    expect(set.runs).toBe(500_000);
    expect(UidSet.from(odd.toReversed()).equals(set)).toBe(true);
    const eaten = set.clone();
    for (const gone of odd) eaten.delete(gone);
    expect(eaten.isEmpty).toBe(true);
    const byBatch = new UidSet();
    for (let i = 0; i < odd.length; i += 200) {
      byBatch.addAll(UidSet.from(odd.slice(i + 100, i + 200)));
      byBatch.addAll(UidSet.from(odd.slice(i, i + 100)));
    }
    expect(byBatch.equals(set)).toBe(true);
    expect(UidSet.parse(set.toString()).equals(set)).toBe(true);
  });
});

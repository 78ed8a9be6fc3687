import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Floor } from '../../../../src/engine/copy/transfer/floor.js';

it('stands where it began until an answer comes', () => {
  const floor = new Floor(100);
  expect(floor.value).toBe(100);
  floor.sent(0);
  expect(floor.value).toBe(100);
});

it('follows a single writer from answer to answer', () => {
  const floor = new Floor(100);
  for (let i = 0; i < 3; i++) floor.sent(0);
  floor.answered(0, [105]);
  expect(floor.value).toBe(106);
  floor.answered(0, [120]);
  expect(floor.value).toBe(121);
});

it('waits for the slowest of several writers', () => {
  const floor = new Floor(100);
  floor.sent(0);
  floor.sent(1);
  floor.answered(1, [150]);
  expect(floor.value).toBe(100);
  floor.answered(0, [120]);
  expect(floor.value).toBe(151);
});

it('knows that a command sent later gets a later UID', () => {
  const floor = new Floor(100);
  floor.sent(0);
  floor.answered(0, [150]);
  floor.sent(1);
  expect(floor.value).toBe(151);
});

it('learns nothing from a refusal, and is not held by it', () => {
  const floor = new Floor(100);
  floor.sent(0);
  floor.sent(0);
  floor.refused(0);
  expect(floor.value).toBe(100);
  floor.answered(0, [100]);
  expect(floor.value).toBe(101);
});

it('stays under a UID that nobody was told after a refusal', () => {
  const floor = new Floor(100);
  for (let i = 0; i < 4; i++) floor.sent(0);
  floor.answered(0, [100]);
  floor.refused(0);
  expect(floor.value).toBe(101);
  floor.answered(0, [102]);
  floor.answered(0, [103]);
  expect(floor.value).toBe(101);
});

it('stays under a command that is never answered', () => {
  const floor = new Floor(100);
  floor.sent(0);
  floor.answered(0, [110]);
  floor.sent(0);
  for (let i = 0; i < 5; i++) {
    floor.sent(1);
    floor.answered(1, [200 + i]);
  }
  expect(floor.value).toBe(111);
});

it('is never above a message that was stored and not answered, and never goes down', () => {
  const steps = fc.array(
    fc.record({ writer: fc.nat({ max: 2 }), what: fc.constantFrom('send', 'store', 'answer', 'refuse', 'other') }),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(steps, (night) => {
      const floor = new Floor(10);
      const lines: { uid: number | null }[][] = [[], [], []];
      let uidNext = 10;
      let before = 0;
      for (const { writer, what } of night) {
        const line = lines[writer]!;
        const [oldest] = line;
        if (what === 'other') uidNext++;
        if (what === 'send') {
          line.push({ uid: null });
          floor.sent(writer);
        }
        const next = line.find(({ uid }) => uid === null);
        if (what === 'store' && next) next.uid = uidNext++;
        if (what === 'answer' && oldest && oldest.uid !== null) {
          line.shift();
          floor.answered(writer, [oldest.uid]);
        }
        if (what === 'refuse' && oldest && oldest.uid === null) {
          line.shift();
          floor.refused(writer);
        }
        for (const { uid } of lines.flat()) if (uid !== null) expect(floor.value).toBeLessThanOrEqual(uid);
        expect(floor.value).toBeGreaterThanOrEqual(before);
        before = floor.value;
      }
    }),
    { numRuns: 2000 },
  );
});

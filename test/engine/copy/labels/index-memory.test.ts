import { expect, it } from 'vitest';
import { LabelIndex } from '../../../../src/engine/copy/labels/label-index.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';

const MESSAGES = 500_000;
const MB = 1024 ** 2;
const ID = 1_278_455_344_230_334_865n;

it('half a million messages with three labels each, and in All Mail, take under 100 MB', () => {
  const none = new UidSet();
  const places = Array.from({ length: 30 }, (_, at) => at);
  const allMail = places.length - 1;
  const before = process.memoryUsage().arrayBuffers;
  const index = new LabelIndex(places, 'first-folder', allMail);
  const uids = places.map(() => 0);
  const add = (folder: number, message: number) => {
    uids[folder]!++;
    index.add(folder, uids[folder]!, ID + BigInt(message) * 977n, 4_000);
  };
  for (let message = 0; message < MESSAGES; message++) {
    for (const step of [0, 7, 13]) add((message + step) % allMail, message);
    add(allMail, message);
  }
  index.decide(places.map(() => ({ stored: none, carried: new Map(), bound: none, closed: none })));
  expect([index.messages, index.rows]).toEqual([MESSAGES, 4 * MESSAGES]);
  const used = process.memoryUsage().arrayBuffers - before;
  expect(used).toBeGreaterThan(8 * 4 * MESSAGES);
  expect(used).toBeLessThan(100 * MB);
  // A folder whose messages all travel elsewhere is one run of UIDs.
  expect(index.elsewhere(allMail).size).toBe(MESSAGES);
});

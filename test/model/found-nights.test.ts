import { expect, it } from 'vitest';
import { play } from './play.js';
import type { Schedule } from './schedule.js';

const plain = { id: 0, body: 0, size: 0, date: 0, flagged: false, bareLf: false, refused: false, mended: 0 } as const;
const twin = { id: null, body: 0, size: 0, date: 1, flagged: true, bareLf: true, refused: false, mended: 0 } as const;

/** Nights that random ones found once, shrunk. */
const NIGHTS: Readonly<Record<string, Schedule>> = {
  // The destination names no UID for the second message, the connection drops, the source deletes it, and the sixth is equal to
  // it: what stands there is known as the sixth, and the second is no failure.
  'a message without a UID is deleted at the source, and an equal one is left': {
    source: [plain, twin, plain, plain, plain, twin, plain],
    before: [],
    traits: {
      writers: 1,
      multiAppend: false,
      appendUid: 'sometimes',
      tellsUidNext: true,
      rewrite: 'none',
      dates: 'kept',
      dropsFlags: false,
    },
    tape: [35, 0, 0, 0, 0, 0, 0, 85, 0, 0, 39, 0, 0, 179],
  },
};

it.each(Object.entries(NIGHTS))('%s', async (_, night) => {
  for (const late of ['within the standstill', 'whenever'] as const)
    await expect(play(night, late)).resolves.toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import { messageText, paceText } from '../../../src/ui/select/pace.js';
import type { Side } from '../../../src/words/side.js';
import { aNight } from '../../support/night.js';
import { letter, letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';

/** Bytes of the large message, and bytes a second of the slow side. */
const LARGE = 3_000_000;
const SPEED = 60_000;

const MAIL = {
  Archive: [letter('large', { bytes: LARGE })],
  Before: letters(20, 'before', { bytes: 20_000 }),
  Later: letters(20, 'later', { bytes: 20_000 }),
};

/** All that was published of a mailbox with a large message, one side of which is slow. */
async function thinLine(side: Side): Promise<readonly MailboxEntity[]> {
  const night = await aNight({ mail: () => MAIL, speed: { [side]: SPEED } });
  expect(await night.run()).toBe(0);
  return night.events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : []));
}

describe.each(['source', 'destination'] as const)('a large message on a thin line at the %s', (side) => {
  it('is seen to move: how far it is, when it will be over, and in which folder', async () => {
    const told = await thinLine(side);
    const inMessage = told.filter(({ message }) => message?.side === side);
    // 50 s of the line, once a second.
    expect(inMessage.length).toBeGreaterThan(40);
    const moved = inMessage.flatMap(({ message }) => message?.moved ?? []);
    expect(moved).toEqual(moved.toSorted((a, b) => a - b));
    for (const one of inMessage) {
      expect(one.folder).toBe('Archive');
      expect(one.message?.bytes).toBe(LARGE);
    }
    for (const { rate, message } of inMessage.slice(12, -12)) {
      expect(rate.bytes).toBeGreaterThan(SPEED * 0.8);
      expect(rate.bytes).toBeLessThan(SPEED * 2.2);
      const left = message?.left ?? expect.unreachable();
      expect(left).toBeGreaterThan(0);
      expect(Math.abs(left - ((LARGE - (message?.moved ?? 0)) / SPEED) * 1000)).toBeLessThan(30_000);
    }
  });

  it('is never told as 0/s while bytes move', async () => {
    const told = await thinLine(side);
    const copying = told.filter(({ state }) => state.kind === 'copying').slice(4, -4);
    for (const { rate } of copying) expect(paceText(rate)).not.toMatch(/(?:^|\s)0\/s|\b0 B\/s/);
  });
});

it.each(['source', 'destination'] as const)('is no silence of the %s, however long it takes', async (side) => {
  // 200 s at 20 KB/s.
  const mail = { Archive: [letter('large', { bytes: 4_000_000 })], Later: letters(5, 'later', { bytes: 20_000 }) };
  const night = await aNight({ mail: () => mail, speed: { [side]: 20_000 } });

  expect(await night.run()).toBe(0);
  expectSameMail(night);
  expect(night.clock.monotonic()).toBeGreaterThan(180_000);
  expect(night.log.filter(({ text }) => /no answer|no more of the answer/.test(text))).toEqual([]);
});

it('is told with its size, its share and the rest of its time', () => {
  const message = { side: 'destination', bytes: 12_900_000, moved: 6_200_000, left: 100_000 } as const;
  expect(messageText(message)).toBe('12.3 MB message, 48%, 1:40 left');
  expect(messageText({ ...message, left: null })).toBe('12.3 MB message, 48%');
  expect(messageText({ ...message, moved: 12_900_000 })).toBe('12.3 MB message, sent, not stored yet');
});

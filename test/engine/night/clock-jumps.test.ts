import { describe, expect, it } from 'vitest';
import { answer, when } from '../../../demo/server/index.js';
import { aNight } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { HOUR, MINUTE } from '../../support/trouble.js';

const THROTTLED = answer('NO Request is throttled. Suggested Backoff Time: 660000 milliseconds');

describe('somebody sets the clock of the host', () => {
  it.each([HOUR, -HOUR, -48 * HOUR])(
    'by %i ms while a mailbox rests: it rests as long as it would have',
    async (by) => {
      const night = await aNight();
      night.destination.goesWrong(when('APPEND', THROTTLED, { times: 1 }));
      const { done } = night.start();
      await night.clock.passes(3 * MINUTE);
      night.clock.jump(by);
      expect(await night.clock.until(done)).toBe(0);
      expect(night.clock.monotonic() / MINUTE).toBeGreaterThan(10.9);
      expect(night.clock.monotonic() / MINUTE).toBeLessThan(13);
      expectSameMail(night);
      expect(night.log.map(({ text }) => text).join('\n')).toContain('the clock of this host was set');
    },
  );

  it.each([HOUR, -HOUR])(
    'by %i ms between staggered starts: they are as far apart as they were meant to be',
    async (by) => {
      const night = await aNight({
        mailboxes: 4,
        mail: () => ({ INBOX: letters(3) }),
        options: { stagger: { min: 300, max: 300 } },
      });
      const { done } = night.start();
      await night.clock.passes(6 * MINUTE);
      night.clock.jump(by);
      expect(await night.clock.until(done)).toBe(0);
      expect(night.clock.monotonic() / MINUTE).toBeGreaterThanOrEqual(15);
      expect(night.clock.monotonic() / MINUTE).toBeLessThan(16.5);
    },
  );

  it.each([HOUR, -HOUR])('by %i ms: a mailbox that waits says when it goes on by the new time', async (by) => {
    const night = await aNight();
    night.destination.goesWrong(when('APPEND', THROTTLED, { times: 1 }));
    const { done } = night.start();
    await night.clock.passes(3 * MINUTE);
    night.clock.jump(by);
    await night.clock.passes(2 * MINUTE);
    const { state } = night.mailbox('ann');
    if (state.kind !== 'backing-off') throw new Error(`it is ${state.kind}`);
    expect((state.until - night.clock.now()) / MINUTE).toBeCloseTo(6, 0);
    expect(await night.clock.until(done)).toBe(0);
  });
});

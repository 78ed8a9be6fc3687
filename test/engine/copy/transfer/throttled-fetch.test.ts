import { expect, it } from 'vitest';
import { aNight } from '../../../support/night.js';
import { letters } from '../../../support/odd-mail.js';
import { mailIn } from '../../../support/same-mail.js';
import { MINUTE } from '../../../support/trouble.js';
import { throttledBodies } from '../../rehearsal/throttles.js';

it('a source that refuses in the middle of each FETCH gives what it gives, and nothing of it is asked for twice', async () => {
  const night = await aNight({ mail: () => ({ INBOX: letters(40), Archive: letters(5, 'a') }) });
  const served = new Map<string, number>();
  const throttle = throttledBodies(night.clock, { most: 12, ms: 1.5 * MINUTE }, 'messages', 'the wait');
  night.source.goesWrong((event) => {
    const fault = throttle(event);
    if (event.at === 'row' && event.items.includes('BODY[]') && fault === undefined) {
      const key = `${event.folder} ${event.uid}`;
      served.set(key, (served.get(key) ?? 0) + 1);
    }
    return fault;
  });
  expect(await night.run()).toBe(0);
  expect(mailIn(night.destination.account('ann'), 'INBOX')).toHaveLength(40);
  expect([...served.values()].every((times) => times === 1)).toBe(true);
  expect(night.clock.monotonic()).toBeLessThan(10 * MINUTE);
});

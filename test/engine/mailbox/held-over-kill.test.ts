import { expect, it } from 'vitest';
import { hang, when } from '../../../demo/server/index.js';
import { aNight } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { mailIn } from '../../support/same-mail.js';
import { MINUTE } from '../../support/trouble.js';

const WAITS = /gave no answer to (?:a message|\d+ messages) that it may store still in Work: waits [2345] min/;

it('what a mailbox waits for, and until when, outlives a kill: nothing is sent again too soon', async () => {
  const night = await aNight({ mail: () => ({ INBOX: letters(3), Work: letters(2, 'work') }) });
  night.destination.goesWrong(when('APPEND', hang(), { folder: 'Work', times: 1 }));
  const began = night.clock.now();
  const first = night.start();
  await night.clock.passes(1.5 * MINUTE);
  first.kill();
  const kept = (await night.record()).data.unanswered;
  expect(kept?.messages.map(({ folder }) => folder)).toEqual(['Work']);
  expect((kept?.until ?? 0) - began).toBeGreaterThan(4.9 * MINUTE);

  night.events.length = 0;
  expect(await night.run()).toBe(0);
  expect(night.log.map(({ text }) => text).join('\n')).toMatch(WAITS);
  expect(night.clock.now() - began).toBeGreaterThan(4.9 * MINUTE);
  expect(mailIn(night.destination.account('ann'), 'Work')).toHaveLength(2);
  expect((await night.record()).data.unanswered).toBeUndefined();
});

it('is not waited for where it was over before the next engine began', async () => {
  const night = await aNight({ mail: () => ({ INBOX: letters(3), Work: letters(2, 'work') }) });
  night.destination.goesWrong(when('APPEND', hang(), { folder: 'Work', times: 1 }));
  const first = night.start();
  await night.clock.passes(1.5 * MINUTE);
  first.kill();
  await night.clock.passes(10 * MINUTE);
  const resumed = night.clock.now();
  expect(await night.run()).toBe(0);
  expect(night.clock.now() - resumed).toBeLessThan(2 * MINUTE);
  expect(mailIn(night.destination.account('ann'), 'Work')).toHaveLength(2);
});

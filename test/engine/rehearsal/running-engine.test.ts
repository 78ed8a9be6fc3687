import { expect, it } from 'vitest';
import { delay, when } from '../../../demo/server/index.js';
import { aNight } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { HOUR } from '../../support/trouble.js';

const USERS = ['ann', 'bob', 'carol', 'dave'];

/** One at a time, each of them slow. */
async function aSlowNight() {
  const night = await aNight({
    mailboxes: USERS,
    mail: () => ({ INBOX: letters(10) }),
    disk: 'real',
    options: { concurrency: 1 },
  });
  night.destination.goesWrong(when('APPEND', delay(60_000)));
  const running = night.start();
  await night.clock.passes(30_000);
  return { night, running };
}

it('a running engine plays the rest of its night, one mailbox after the other as its scheduler will', async () => {
  const { night, running } = await aSlowNight();
  const now = night.clock.now();
  const answer = await night.clock.until(running.engine.command({ do: 'rehearse', by: now + 10 * HOUR }));
  if (!answer.ok) throw new Error(answer.why);
  const { rehearsal } = answer;
  expect(rehearsal).toMatchObject({ from: now, by: now + 10 * HOUR, done: 0, played: 4, leftOut: [], pace: 'assumed' });
  expect(rehearsal.doneBy?.middle).toBe(4);
  expect(rehearsal.mailboxes.map(({ id }) => id)).toEqual(night.batch.mailboxes.map(({ id }) => id));
  const works = rehearsal.mailboxes.map(({ stretches }) => stretches.find(({ kind }) => kind === 'works')!);
  for (const [at, { from }] of works.entries()) expect(from).toBeGreaterThanOrEqual(works[at - 1]?.to ?? now);
  expect(rehearsal.mailboxes.at(-1)?.doneAt).toBe(rehearsal.end.middle);
  const [waits] = rehearsal.mailboxes.at(-1)!.stretches;
  expect(waits).toMatchObject({ kind: 'waits', from: now, why: { key: 'place', concurrency: 1 } });
});

it('it plays the night by the orders of now, and without mailboxes that an operator paused', async () => {
  const { night, running } = await aSlowNight();
  const command = { do: 'rehearse', by: null } as const;
  const before = await night.clock.until(running.engine.command(command));
  const dave = night.batch.mailboxes[3]!.id;
  expect(await running.engine.command({ do: 'pause', mailbox: dave })).toEqual({ ok: true });
  const without = await night.clock.until(running.engine.command(command));
  expect(await running.engine.command({ do: 'concurrency', most: 4 })).toEqual({ ok: true });
  const wider = await night.clock.until(running.engine.command(command));
  if (!before.ok || !wider.ok || !without.ok) throw new Error('refused');
  expect(wider.rehearsal.end.middle).toBeLessThan(without.rehearsal.end.middle!);
  expect(before.rehearsal).toMatchObject({ played: 4, leftOut: [] });
  expect(without.rehearsal).toMatchObject({ played: 3, leftOut: [{ why: 'paused', mailboxes: 1 }] });
  expect(without.rehearsal.mailboxes.map(({ id }) => id)).not.toContain(dave);
});

it('consoles that ask for the same hour at once share one answer', async () => {
  const { night, running } = await aSlowNight();
  const asked = [1, 2].map(() => running.engine.command({ do: 'rehearse', by: null }));
  const [one, other] = await night.clock.until(Promise.all(asked));
  expect(one).toMatchObject({ ok: true });
  expect(other).toBe(one);
});

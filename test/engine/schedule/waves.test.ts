import { describe, expect, it } from 'vitest';
import type { MailboxOrder, PlanRow } from '../../../src/store/batch/batch.js';
import { aNight, type Night } from '../../support/night.js';
import { smallMail } from '../../support/odd-mail.js';
import { expectSameMail, foldersOf, mailIn } from '../../support/same-mail.js';

/** Waves of the mailboxes, in the order of the plan. */
async function nightOfWaves(...waves: readonly PlanRow['wave'][]): Promise<Night> {
  const night = await aNight({ mailboxes: waves.length, options: { stagger: { min: 60, max: 60 } } });
  night.batch = { ...night.batch, mailboxes: night.batch.mailboxes.map((row, at) => ({ ...row, wave: waves[at]! })) };
  return night;
}

const inWave = ({ batch }: Night, wave: number | null) => ({ batch: { options: { ...batch.options, wave } } });
const kinds = ({ engine }: ReturnType<Night['start']>) => engine.status().mailboxes.map(({ state }) => state.kind);

describe('a run of a wave', () => {
  it('starts its mailboxes, ends when they are done, and says of the others what they wait for', async () => {
    const night = await nightOfWaves(1, 2, 1, null);
    const running = night.start(inWave(night, 1));

    expect(await night.clock.until(running.done)).toBe(0);
    expect(kinds(running)).toEqual(['synced', 'queued', 'synced', 'queued']);
    expect(running.engine.status().mailboxes.map(({ state }) => ('why' in state ? state.why : null))).toEqual([
      null,
      { key: 'wave', wave: 2 },
      null,
      { key: 'wave', wave: null },
    ]);
    expect(running.engine.status().batch).toMatchObject({ wave: 1, otherWaves: 2, needs: 0 });
    expect(
      foldersOf(night.destination.account('user2')).flatMap((path) => mailIn(night.destination.account('user2'), path)),
    ).toEqual([]);
  });

  it('leaves what other waves did as it is, and a run of all starts what is left', async () => {
    const night = await nightOfWaves(1, 2, null);
    expect(await night.run(inWave(night, 1))).toBe(0);
    const second = night.start(inWave(night, 2));
    expect(await night.clock.until(second.done)).toBe(0);
    expect(kinds(second)).toEqual(['synced', 'synced', 'queued']);
    expect(night.mailbox('user1').attempts).toBe(1);

    expect(await night.run(inWave(night, null))).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  it('starts a mailbox of another wave by order, and by no other order', async () => {
    const night = await nightOfWaves(1, 2, 1);
    const running = night.start(inWave(night, 1));
    await night.clock.passes(1_000);
    expect(await running.engine.command({ do: 'pause', mailbox: 'user2' })).toMatchObject({ ok: false });
    expect(await running.engine.command({ do: 'start', mailbox: 'user2' })).toMatchObject({ ok: true });

    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night, 'user2');
  });
});

describe('the order of mailboxes', () => {
  const looks = {
    user1: { messages: 10, bytes: null, newest: 300, at: 0 },
    user2: { messages: 10, bytes: 9_000_000, newest: null, at: 0 },
    user4: { messages: 10, bytes: 5_000, newest: 900, at: 0 },
  };

  it.each([
    ['plan', ['user1', 'user2', 'user3', 'user4']],
    ['size', ['user2', 'user1', 'user4', 'user3']],
    ['newest', ['user4', 'user1', 'user2', 'user3']],
  ] as const)('by %s: those of which nothing is known follow', async (order: MailboxOrder, expected) => {
    const night = await aNight({
      mailboxes: 4,
      mail: smallMail,
      options: { order, stagger: { min: 60, max: 60 }, concurrency: 1 },
    });
    await night.keepLooks(looks);
    expect(await night.run()).toBe(0);
    const starts = night.users.map((user) => ({ user, at: night.mailbox(user).startedAt ?? 0 }));
    expect(starts.toSorted((a, b) => a.at - b.at).map(({ user }) => user)).toEqual(expected);
  });
});

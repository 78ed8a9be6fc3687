import { describe, expect, it } from 'vitest';
import { answer, when, whenMessage } from '../../../demo/server/index.js';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import type { ErrorEntry } from '../../../src/store/errors/error-entry.js';
import { aNight, type Night, type Running } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail, mailIn } from '../../support/same-mail.js';

const told = ({ side, command, folder, uids, sample }: ErrorEntry) => [side, command, folder, `${uids}`, sample];

/** How the mailbox stood when each failure was told. */
function atEachFailure(night: Night): { readonly running: Running; readonly stood: MailboxEntity[] } {
  const stood: MailboxEntity[] = [];
  const running = night.start();
  running.engine.onEvent((event) => {
    if (event.type === 'failure') stood.push(...running.engine.status().mailboxes);
  });
  return { running, stood };
}

/** SIGKILL in the turn in which the first failure is told. @returns when it has come so far */
async function killedAtFirstFailure(night: Night): Promise<void> {
  const running = night.start();
  await night.clock.until(
    new Promise<void>((resolve) => {
      running.engine.onEvent((event) => {
        if (event.type !== 'failure') return;
        running.kill();
        resolve();
      });
    }),
  );
}

describe('a failure is in the error ledger before anything follows from it', () => {
  it('when it ends the attempt: the mailbox does not rest yet', async () => {
    const night = await aNight();
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired'), { times: 1 }));
    const { running, stood } = atEachFailure(night);
    expect(await night.clock.until(running.done)).toBe(0);
    expect(stood.map(({ errors, state }) => [errors, state.kind])).toEqual([[1, 'scanning']]);
  });

  it('when it holds the mailbox: it is not held yet', async () => {
    const night = await aNight();
    night.source.account('ann').password = 'another';
    const { running, stood } = atEachFailure(night);
    expect(await night.clock.until(running.done)).toBe(3);
    expect(stood.map(({ errors, state }) => [errors, state.kind])).toEqual([[1, 'connecting']]);
  });

  it('when it is of a message: each before the next, and all before the hold', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(40) }), destination: { without: ['MULTIAPPEND'] } });
    night.destination.account('ann').quota = { messages: 20 };
    const { running, stood } = atEachFailure(night);
    expect(await night.clock.until(running.done)).toBe(3);
    // Five messages, and that the mailbox stops because of them.
    expect(stood.map(({ errors }) => errors)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(stood.map(({ state }) => state.kind))).toEqual(new Set(['copying']));
  });
});

describe('a failure while the last of an attempt is settled', () => {
  it('is entered too, and the mailbox is stopped all the same', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(40) }), destination: { without: ['MULTIAPPEND'] } });
    const running = night.start();
    night.destination.goesWrong(whenMessage(answer('NO [READ-ONLY] Mailbox is read-only'), { from: 11 }));
    let messages = 0;
    night.destination.watch((event) => {
      if (event.at === 'message' && ++messages === 5)
        void running.engine.command({ do: 'stop', how: 'drain', mailbox: null });
    });
    expect(await night.clock.until(running.done)).toBe(4);
    expect(night.mailbox('ann').state.kind).toBe('stopped');
    expect((await night.errors()).map(told)).toEqual([
      ['destination', 'APPEND', 'INBOX', '', 'NO [READ-ONLY] Mailbox is read-only'],
    ]);
  });
});

describe('a kill right after a response', () => {
  it('that refused a message loses its entry at most: the next run is told it again', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(10) }) });
    const refused = whenMessage(answer('NO [CANNOT] Refused by policy'), { containing: 'letter-7@' });
    night.destination.goesWrong(refused);
    await killedAtFirstFailure(night);
    expect((await night.ledger('INBOX')).settledSources().has(7)).toBe(false);
    expect(await night.run()).toBe(3);
    expect((await night.errors()).map(told)).toEqual([
      ['destination', 'APPEND', 'INBOX', '7', 'NO [CANNOT] Refused by policy'],
    ]);
    expect(mailIn(night.destination.account('ann'), 'INBOX')).toHaveLength(9);
    night.destination.isWell();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('that forbade a folder: the next run meets it, or goes on', async () => {
    const night = await aNight();
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired'), { times: 1 }));
    await killedAtFirstFailure(night);
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await night.errors()).toEqual([]);
  });

  it('is no kill for what the mailbox rests for: that is on the disk before it rests', async () => {
    const night = await aNight();
    night.source.goesWrong(when('EXAMINE', answer('NO [UNAVAILABLE] Mailbox is being repaired')));
    const running = night.start();
    await night.clock.passes(1000);
    running.kill();
    expect(running.engine.status().mailboxes[0]?.state.kind).toBe('backing-off');
    expect((await night.errors()).map(told)).toEqual([
      ['source', 'EXAMINE', 'INBOX', '', 'NO [UNAVAILABLE] Mailbox is being repaired'],
    ]);
    expect((await night.record()).data.trouble).toMatchObject({ side: 'source', attempts: 1 });
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer, drop, hang, when } from '../../../demo/server/index.js';
import type { Credentials } from '../../../src/engine/imap/session/credentials.js';
import { ledgerId } from '../../../src/store/mailbox/mailbox.js';
import { aNight, passwords } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { mailIn } from '../../support/same-mail.js';

describe('one mailbox’s trouble', () => {
  it('in its state files holds that mailbox, and the others are copied', async () => {
    const night = await aNight({ mailboxes: 4, disk: 'real', options: { stagger: { min: 60, max: 60 } } });
    const folders = join(night.dir, 'night', 'mailboxes', 'user2', 'folders');
    await mkdir(folders, { recursive: true });
    await writeFile(join(folders, `${ledgerId({ source: 'Work', destination: 'Work' })}.json`), '{"version":1,');
    expect(await night.run()).toBe(3);
    const states = night.users.map((user) => night.mailbox(user).state.kind);
    expect(states.filter((state) => state === 'synced')).toHaveLength(3);
    expect(night.mailbox('user2').state).toMatchObject({ kind: 'held' });
    expect(night.events.filter(({ type }) => type === 'end')).toHaveLength(1);
  });

  it('with an account that is gone is not blamed on the shared login that let others in', async () => {
    const shared: Credentials = { ...passwords, shared: (side) => side === 'source' };
    const night = await aNight({ mailboxes: 6, credentials: shared, options: { stagger: { min: 60, max: 90 } } });
    night.source.account('user2').password = 'gone';
    expect(await night.run()).toBe(3);
    expect(night.users.filter((user) => night.mailbox(user).state.kind === 'synced')).toHaveLength(5);
  });

  it('where two folders go into one and the connection drops under them is tried again', async () => {
    const night = await aNight({
      mail: () => ({ INBOX: letters(5), Alpha: letters(3, 'alpha'), Beta: letters(3, 'beta') }),
      options: {
        map: [
          { from: 'Alpha', to: 'Merged' },
          { from: 'Beta', to: 'Merged' },
        ],
      },
    });
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', hear);
    night.destination.goesWrong(when('CREATE', drop(), { times: 1 }));
    expect(await night.run()).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
    expect(mailIn(night.destination.account('ann'), 'Merged')).toHaveLength(6);
  });

  it('at CREATE that passes is waited out, and no folder is left behind', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(5), F1: letters(3, 'a'), F2: letters(3, 'b') }) });
    const throttled = answer('NO Request is throttled. Suggested Backoff Time: 60000 milliseconds');
    night.destination.goesWrong(when('CREATE', throttled, { times: 1 }));
    expect(await night.run()).toBe(0);
    expect(mailIn(night.destination.account('ann'), 'F1')).toHaveLength(3);
    expect(mailIn(night.destination.account('ann'), 'F2')).toHaveLength(3);
  });
});

describe('a stop', () => {
  it('ends while a start that was due passes and a line still hangs', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'], options: { stagger: { min: 10, max: 10 } } });
    night.source.goesWrong(when('AUTHENTICATE', hang()), when('LOGIN', hang()));
    const { engine, done } = night.start();
    await night.clock.passes(3000);
    let looks = 0;
    const now = night.clock.now.bind(night.clock);
    night.clock.now = () => {
      if (++looks > 1_000_000) throw new Error('the engine spins');
      return now();
    };
    await engine.command({ do: 'stop', how: 'drain', mailbox: null });
    await night.clock.passes(30_000);
    await engine.command({ do: 'stop', how: 'now', mailbox: null });
    expect(await night.clock.until(done)).toBe(4);
  });
});

describe('a token', () => {
  it('that is refused after it was renewed holds its mailbox', async () => {
    let renewed = 0;
    const credentials: Credentials = {
      shared: () => false,
      get: (side, row, renew) => {
        if (renew) renewed++;
        return passwords.get(side, row, renew);
      },
    };
    const night = await aNight({ credentials });
    const expired = 'NO [AUTHENTICATIONFAILED] Access token expired, please log in again';
    night.source.goesWrong(when('AUTHENTICATE', answer(expired)));
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state.kind).toBe('held');
    expect(renewed).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { answer, hang, when } from '../../../demo/server/index.js';
import { CredentialMissing } from '../../../src/engine/imap/session/credentials.js';
import type { BatchEntity } from '../../../src/protocol/entities.js';
import { aNight, type Night, passwords } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';

const MINUTE = 60_000;
/** The first mailbox works at once, the others start ten minutes apart. */
const SLOW_STARTS = { stagger: { min: 600, max: 600 }, look: 'ahead' } as const;
const mail = (user: string) => ({
  INBOX: letters(10 * Number(user.replace(/\D/g, '')), user),
  Work: letters(5, `${user}-w`),
});
/** 10 + ... + 80, and 5 of each. */
const ALL = 360 + 40;

const aWaitingNight = (more: Parameters<typeof aNight>[0] = {}): Promise<Night> =>
  aNight({ mailboxes: 8, mail, ...more, options: { ...SLOW_STARTS, ...more.options } });

const batchesOf = (night: Night): BatchEntity[] =>
  night.events.flatMap((event) => (event.type === 'batch' ? [event.batch] : []));
const lastOf = (night: Night): BatchEntity => batchesOf(night).at(-1) ?? expect.unreachable();
const logins = (night: Night) =>
  night.source.commands.filter(({ command }) => /^(?:LOGIN|AUTHENTICATE)$/.test(command));

describe('mailboxes that wait', () => {
  it('are counted early, one in two seconds at most, and the totals do not jump from then on', async () => {
    const night = await aWaitingNight();
    night.start();
    await night.clock.passes(MINUTE);
    const known = lastOf(night);
    // The next one to start tells by itself.
    expect(known.unseen).toBe(1);
    expect(known.expected).toBeGreaterThan(ALL * 0.8);
    const times = logins(night)
      .map(({ when }) => when)
      .sort((a, b) => a - b)
      .slice(-6);
    for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBeGreaterThanOrEqual(2_000);
    expect(
      night.source.commands.filter(({ command }) => command === 'EXAMINE').every(({ account }) => account === 'user1'),
    ).toBe(true);
    await night.clock.passes(120 * MINUTE);
    const seen = batchesOf(night).filter(({ unseen }) => unseen === 0);
    expect(new Set(seen.map(({ expected }) => expected))).toEqual(new Set([ALL]));
    expect(lastOf(night)).toMatchObject({ state: 'ended', counts: { total: ALL, left: 0 } });
    night.checkManners();
  });

  it('are known after a restart, without another look', async () => {
    const night = await aWaitingNight();
    const running = night.start();
    await night.clock.passes(MINUTE);
    await running.engine.command({ do: 'stop', mailbox: null, how: 'drain' });
    await night.clock.until(running.done);
    night.source.forget();
    night.events.length = 0;
    night.start({ batch: { options: { ...night.batch.options, look: 'none' } } });
    await night.clock.passes(1_000);
    expect(lastOf(night).unseen).toBe(0);
    expect(night.mailbox('user8').expected).toMatchObject({ messages: 85, by: 'look' });
    expect(new Set(night.source.sent('LIST').map(({ account }) => account))).not.toContain('user8');
  });

  it('are not counted where some days are copied: the counters would tell of all their mail', async () => {
    const night = await aWaitingNight({ options: { since: { day: '2026-01-01', zone: 'UTC' } } });
    night.start();
    await night.clock.passes(MINUTE);
    expect(new Set(logins(night).map(({ args, account }) => `${account ?? args}`)).size).toBe(1);
    expect(lastOf(night).unseen).toBe(7);
  });

  it('are left alone with --no-look, while the batch is paused, outside of its window, and where no password is there', async () => {
    const refused: { readonly name: string; readonly night: Parameters<typeof aNight>[0] }[] = [
      { name: '--no-look', night: { options: { look: 'none' } } },
      { name: 'window', night: { options: { window: { from: 3 * 60, to: 4 * 60, zone: 'UTC' } } } },
      {
        name: 'no password',
        night: {
          credentials: {
            ...passwords,
            get: (side, row, renew) =>
              row.id === 'user1'
                ? passwords.get(side, row, renew)
                : Promise.reject(new CredentialMissing(side, 'there is none')),
          },
        },
      },
    ];
    for (const { name, night: given } of refused) {
      const night = await aWaitingNight(given);
      night.start();
      await night.clock.passes(5 * MINUTE);
      const others = night.source.sent('LIST').filter(({ account }) => account !== 'user1');
      expect([name, others]).toEqual([name, []]);
    }
    const paused = await aWaitingNight();
    const { engine } = paused.start();
    await engine.command({ do: 'pause', mailbox: null });
    await paused.clock.passes(5 * MINUTE);
    expect(logins(paused).length).toBeLessThanOrEqual(2);
  });
});

describe('a look that fails', () => {
  it.each([
    ['refused', answer('NO [UNAVAILABLE] try later')],
    ['not answered', hang()],
  ])('holds nobody, enters nothing and stops nothing: %s', async (_, fault) => {
    const night = await aWaitingNight();
    night.source.goesWrong(when('LIST', fault, { account: 'user5' }));
    night.start();
    await night.clock.passes(8 * MINUTE);
    night.source.isWell();
    await night.clock.passes(120 * MINUTE);
    expect(night.failures).toEqual([]);
    expect(lastOf(night)).toMatchObject({ state: 'ended', needs: 0, errors: 0, counts: { total: ALL, left: 0 } });
    expect(night.mailbox('user5').history.map(({ kind }) => kind)).not.toContain('held');
  });

  it('is the last but two: three in a row, and nobody looks any more', async () => {
    const night = await aWaitingNight({ options: { stagger: { min: 7_200, max: 7_200 } } });
    night.source.goesWrong(when('LIST', answer('NO [UNAVAILABLE] try later')));
    night.start();
    await night.clock.passes(100 * MINUTE);
    const looked = new Set(night.source.sent('LIST').map(({ account }) => account));
    looked.delete('user1');
    expect(looked.size).toBe(3);
  });
});

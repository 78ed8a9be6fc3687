import { describe, expect, it } from 'vitest';
import { answer, drop, when, whenMessage } from '../../../demo/server/index.js';
import { aNight } from '../../support/night.js';
import { letter, letters, smallMail } from '../../support/odd-mail.js';
import { expectSameMail, mailIn } from '../../support/same-mail.js';
import { atByte, killedAtByte } from '../../support/trouble.js';

describe('a second run', () => {
  it('finds nothing to do, and says so by its commands', async () => {
    const night = await aNight();
    await night.run();
    night.source.forget();
    night.destination.forget();
    expect(await night.run()).toBe(0);
    for (const side of [night.source, night.destination]) {
      const sent = new Set(side.commands.map(({ command }) => command));
      for (const never of ['APPEND', 'UID FETCH', 'SELECT', 'CREATE']) expect(sent).not.toContain(never);
    }
    // Its counters tell whether those of the list are true.
    const opened = night.source.commands.filter(({ command }) => command === 'EXAMINE');
    expect(opened.map(({ folder }) => folder)).toEqual(['INBOX']);
    expectSameMail(night);
  });

  it('copies only what failed, what was not tried, and what is new', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(12), Work: letters(4, 'work') }) });
    night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Refused by policy'), { containing: 'letter-7@' }));
    expect(await night.run()).toBe(3);
    expect((await night.ledger('INBOX')).failed.toString()).toBe('7');
    night.destination.isWell();
    night.source.fill('ann', { INBOX: [letter('new')], Later: [letter('later')] });
    night.source.forget();
    night.destination.forget();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    const fetched = night.source.sent('UID FETCH').filter(({ args }) => args.includes('BODY.PEEK[]'));
    expect(fetched.map(({ folder, uids }) => `${folder} ${uids}`).sort()).toEqual(['INBOX 7,13', 'Later 1']);
    expect((await night.errors()).filter(({ verdict }) => verdict.next !== 'note')).toEqual([]);
  });
});

describe('an engine that is killed', () => {
  it.each([200, 700, 1100, 1500, 2500, 4000, 8000])(
    'after %i bytes at the destination, is followed by one that goes on',
    async (bytes) => {
      const night = await aNight({ destination: { lateMs: 800 } });
      await killedAtByte(night, bytes);
      expect(await night.run()).toBe(0);
      expectSameMail(night);
    },
  );
});

describe('a mailbox of many folders that was broken off', () => {
  it('goes on in all of them at once, without a warning of Node’s on the terminal', async () => {
    const warned: string[] = [];
    const listen = (warning: Error) => warned.push(warning.message);
    process.on('warning', listen);
    const night = await aNight({
      mail: () => Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`F${i}`, letters(3, `f${i}`)])),
    });
    night.destination.goesWrong(when('APPEND', drop(), { nth: 3 }));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(warned).toEqual([]);
  });
});

describe('a lost state folder', () => {
  it('costs no message and doubles none: the destination is matched first, and equal messages stay as many', async () => {
    const night = await aNight();
    await night.run();
    night.loseState();
    night.destination.forget();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(night.destination.sent('APPEND')).toEqual([]);
    expect(night.mailbox('ann').counts).toMatchObject({ matched: 13, copied: 0 });
  });

  it('after half a copy, copies the other half; one of two equal messages is not taken for both', async () => {
    const night = await aNight();
    night.destination.fill('ann', { INBOX: smallMail('ann').INBOX!.slice(0, 6), Work: [letter('a stranger')] });
    expect(await night.run()).toBe(0);
    expect(mailIn(night.destination.account('ann'), 'INBOX')).toEqual(mailIn(night.source.account('ann'), 'INBOX'));
    const work = mailIn(night.destination.account('ann'), 'Work');
    expect(work.filter((line) => !line.startsWith('a stranger'))).toEqual(mailIn(night.source.account('ann'), 'Work'));
    expect(work).toHaveLength(5);
    expect(night.mailbox('ann').counts).toMatchObject({ matched: 6, copied: 7 });
  });
});

describe('UIDVALIDITY that changed', () => {
  it.each(['source', 'destination'] as const)(
    'at the %s before a resume voids the pairs, and doubles nothing',
    async (side) => {
      const night = await aNight();
      await night.run();
      night[side].account('ann').folder('INBOX').renumber();
      night.source.fill('ann', { INBOX: [letter('new')] });
      expect(await night.run()).toBe(0);
      expectSameMail(night);
      expect(
        night.log.some(({ level, text }) => level === 'warn' && text.includes(`UIDVALIDITY changed at the ${side}`)),
      ).toBe(true);
    },
  );

  it.each(['source', 'destination'] as const)(
    'at the %s in the middle of a folder is noticed, and nothing is doubled',
    async (side) => {
      const night = await aNight({ mail: () => ({ INBOX: letters(400, 'many', { bytes: 3000 }) }) });
      let once = true;
      night.destination.watch((event) => {
        if (event.at !== 'message' || event.index !== 50 || !once) return;
        once = false;
        night[side].account('ann').folder('INBOX').renumber();
      });
      const code = await night.run();
      expect(once).toBe(false);
      expect(code).toBe(0);
      expectSameMail(night);
    },
  );

  it.each(['source', 'destination'] as const)(
    'at the %s while a line is down is noticed when it is back',
    async (side) => {
      const night = await aNight({ mail: () => ({ INBOX: letters(60, 'many', { bytes: 3000 }) }) });
      let cut = false;
      night.destination.goesWrong((event) => {
        if (event.at !== 'message' || event.index !== 2 || cut) return undefined;
        cut = true;
        night[side].account('ann').folder('INBOX').renumber();
        return { kind: 'drop', after: null };
      });
      expect(await night.run()).toBe(0);
      expect(cut).toBe(true);
      expectSameMail(night);
    },
  );
});

describe('two source folders that go into one', () => {
  it('arrive there once each, also after a kill, and also from a lost state', async () => {
    const twin = letter('twin');
    const night = await aNight({
      mail: () => ({ INBOX: [], Old: [...letters(5, 'old'), twin], New: [...letters(5, 'new'), twin] }),
      options: {
        map: [
          { from: 'Old', to: 'Archive' },
          { from: 'New', to: 'Archive' },
        ],
      },
    });
    const to = (path: string) => (path === 'Old' || path === 'New' ? 'Archive' : path);
    const running = night.start();
    night.destination.watch(atByte('received', 1400, () => running.kill()));
    await night.clock.until(Promise.race([running.done, night.clock.sleep(60_000)]));
    expect(await night.run()).toBe(0);
    expectSameMail(night, 'ann', to);
    night.loseState();
    expect(await night.run()).toBe(0);
    expectSameMail(night, 'ann', to);
  });
});

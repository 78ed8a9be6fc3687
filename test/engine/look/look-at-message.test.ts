import { describe, expect, it } from 'vitest';
import { answer, bye, delay, omitRow, when, whenConnected, whenRow } from '../../../demo/server/index.js';
import { letter, letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { AT, nightWith, raw, refused, whyOf } from './a-desk.js';

describe('a message at the source that an operator looks at', () => {
  it('is not asked for with a password that was refused: that would be one login more towards a lockout', async () => {
    const { night, ask } = await nightWith(letters(1), { mailboxes: ['ann', refused] });
    expect(whyOf(await ask({ mailbox: refused }))).toContain('give that first');
    expect(night.source.commands).toEqual([]);
  });

  it('says who, what and when, decoded; nothing is changed there, and the line is closed', async () => {
    const { night, ask } = await nightWith([
      {
        raw: raw(
          'Received: from x',
          'From: =?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?= <juergen@example.org>',
          'To: =?iso-8859-1?B?R2Xf?=',
          ' ann@example.org',
          'Message-ID: <a.1@example.org>',
          'Subject: =?UTF-8?B?w6TDtsO8?= =?UTF-8?B?w58=?=',
          '\tand more',
          'Date: Sat, 9 Mar 2024 08:30:00 +0100',
          '',
          'Subject: not this one',
          '',
        ),
        internalDate: AT,
        flags: ['\\Flagged', 'Projekt-X'],
      },
    ]);
    expect(await ask()).toEqual({
      ok: true,
      message: {
        from: 'Jürgen Müller <juergen@example.org>',
        to: 'Geß ann@example.org',
        subject: 'äöüß and more',
        date: 'Sat, 9 Mar 2024 08:30:00 +0100',
        messageId: '<a.1@example.org>',
        size: night.source.account('ann').folder('INBOX').messages[0]?.size,
        flags: ['\\Flagged', 'Projekt-X'],
        internalDate: '09-Mar-2024 07:30:00 +0000',
      },
    });
    expect([...(night.source.account('ann').folder('INBOX').messages[0]?.flags ?? [])]).not.toContain('\\Seen');
    expect(night.source.sent('UID FETCH').every(({ args }) => !args.includes('BODY['))).toBe(true);
    night.checkManners();
    await night.clock.passes(5_000);
    expect(night.source.server.connections).toBe(0);
  });

  it('shows what thousands of recipients stand in front of, and no more of them than fit', async () => {
    const to = Array.from({ length: 3000 }, (_, i) => `user${i}@example.org`).join(',\r\n ');
    const { ask } = await nightWith([{ raw: raw(`To: ${to}`, 'Subject: here', '', ''), internalDate: AT }]);
    const answered = await ask();
    const look = answered.ok && 'message' in answered ? answered.message : undefined;
    expect(look?.subject).toBe('here');
    expect(look?.to).toMatch(/^user0@example.org, user1@.*…$/);
    expect(look?.to.length).toBeLessThanOrEqual(500);
  });

  it('is made safe for a terminal, whatever it says', async () => {
    const hostile = `=?utf-8?B?${Buffer.from('\x1b]0;owned\x07\x1b[2Jred\u202egpj').toString('base64')}?=`;
    const { ask } = await nightWith([
      {
        raw: raw(`Subject: ${hostile}`, 'From: \x1b[31mme\x1b[0m', 'To: caf\xc3\xa9', 'Date: d\xfcnn', '', ''),
        internalDate: AT,
      },
    ]);
    expect(await ask()).toMatchObject({
      message: { subject: 'redgpj', from: 'me', to: 'café', date: 'dünn', messageId: '' },
    });
  });

  it.each([
    ['is gone', { uid: 9 }, 'UID 9 is gone from the source'],
    ['is of a mailbox that is not there', { mailbox: 'zoe' }, 'there is no mailbox zoe in this batch'],
    [
      'lay in a folder that was made anew',
      { folder: 'made anew' },
      /^made anew was made anew at the source since \(UIDVALIDITY \d+, it was 4711\): UID 1 is another message there$/,
    ],
    ['lay in a folder that is gone', { folder: 'Gone' }, "the source, at EXAMINE: NO Mailbox doesn't exist: Gone."],
  ])('that %s: says so', async (_, command, why) => {
    const { night, ask } = await nightWith(letters(2));
    night.source.fill('ann', { 'made anew': letters(1) });
    expect(whyOf(await ask(command))).toMatch(why);
  });

  it('is found where the folder has a name that breaks the rules', async () => {
    const { night, ask } = await nightWith([]);
    night.source.account('ann').addFolder('R&D').add(letter('lab'));
    expect(await ask({ folder: 'R&D' })).toMatchObject({ message: { subject: 'lab' } });
  });

  it('that the source lists and does not give: says so', async () => {
    const { night, ask } = await nightWith(letters(2));
    night.source.goesWrong(whenRow(omitRow(), { uid: 1, where: ({ items }) => items.includes('RFC822.SIZE') }));
    expect(whyOf(await ask())).toBe('the source lists UID 1 and does not give it');
  });

  it.each([
    [
      'has no connection to spare',
      whenConnected(bye('[LIMIT] Too many connections from this user')),
      /^the source has no connection to spare for this mailbox now: .*Too many connections/,
    ],
    [
      'refuses the login',
      when('AUTHENTICATE', answer('NO [AUTHENTICATIONFAILED] wrong')),
      /^the source, at LOGIN: NO \[AUTHENTICATIONFAILED\] wrong\. /,
    ],
    [
      'refuses to read it',
      when('UID FETCH', answer('NO [SERVERBUG] oops')),
      /^the source, at UID FETCH: NO \[SERVERBUG\] oops\.$/,
    ],
    ['leaves', when('UID FETCH', bye('going down')), /^the source, at connection: \* BYE going down\. /],
    [
      'says nothing',
      when('UID FETCH', delay(3_600_000)),
      /^the source, at connection: no answer to UID FETCH for 30 s\. /,
    ],
  ])('of a source that %s: one sentence says so', async (_, rule, why) => {
    const { night, ask } = await nightWith(letters(2));
    night.source.goesWrong(rule);
    expect(whyOf(await ask())).toMatch(why);
  });

  it('waits its turn: no more than two are looked at at once', async () => {
    const { night, desk } = await nightWith(letters(3));
    night.source.goesWrong(when('UID FETCH', delay(10_000)));
    const take = (uid: number) => desk.take({ do: 'message', mailbox: 'ann', folder: 'INBOX', uid });
    const two = [take(1), take(2)];
    expect(whyOf(await take(3))).toMatch(/^2 messages are being read/);
    expect((await night.clock.until(Promise.all(two))).map(({ ok }) => ok)).toEqual([true, true]);
    expect(await night.clock.until(take(3))).toMatchObject({ ok: true });
  });

  it('costs the copy of that mailbox nothing', async () => {
    const { night, desk } = await nightWith(letters(300, 'letter', { bytes: 3000 }));
    const running = night.start();
    const looks: Promise<unknown>[] = [];
    night.source.watch((event) => {
      if (event.at !== 'command' || event.command !== 'UID FETCH' || !event.args.includes('BODY.PEEK[])')) return;
      if (looks.length < 2) looks.push(desk.take({ do: 'message', mailbox: 'ann', folder: 'INBOX', uid: 5 }));
    });
    expect(await night.clock.until(running.done)).toBe(0);
    expectSameMail(night);
    expect(await night.clock.until(Promise.all(looks))).toMatchObject([{ ok: true }, { ok: true }]);
    expect(night.failures).toEqual([]);
  });

  it('is dropped when the engine stops', async () => {
    const { night, desk, drop } = await nightWith(letters(1));
    night.source.goesWrong(when('UID FETCH', delay(3_600_000)));
    const looking = desk.take({ do: 'message', mailbox: 'ann', folder: 'INBOX', uid: 1 });
    await night.clock.passes(1_000);
    drop.abort();
    expect(whyOf(await night.clock.until(looking))).toMatch(/^the source, at connection: stopped/);
  });
});

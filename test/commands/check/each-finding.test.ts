import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../support/odd/spec.js';
import { box, mail, many, type OddFolder, type OddFolders, type OddSpec } from '../../support/odd-server.js';
import { APlanToCheck, annHas, CAPS, marked, quota } from './a-plan-to-check.js';

let school: APlanToCheck;
beforeEach(async () => {
  school = await APlanToCheck.written();
});
afterEach(() => school.isDone());

/** Three messages, one of them of this date. */
const dated = (date: string): OddFolder => {
  const folder = many(3);
  folder.messages[0]!.date = date;
  return folder;
};

/** Whoever logs in sees one INBOX (RFC 8474). */
const ONE_INBOX: Reply = ({ args }) =>
  /MAILBOXID/.test(String(args)) ? ['* STATUS INBOX (MAILBOXID (F1))', '%T OK done'] : undefined;

/** Ann has a further folder there. */
const withOld = (user: string): OddFolders => (user === 'ann@x' ? { INBOX: box(), Old: box() } : { INBOX: box() });
const RIGHTS = (folder: string, rights: string) => [`* MYRIGHTS "${folder}" ${rights}`, '%T OK done'];
/** All rights on all folders but one. */
const rights =
  (folder: string, some: string): Reply =>
  ({ targetName }) =>
    RIGHTS(targetName ?? '', targetName === folder ? some : 'lrswipkxtea');

const onOneDay = (): OddFolder => {
  const folder = many(60);
  for (const message of folder.messages) message.date = '03-Feb-2024 10:00:00 +0000';
  return folder;
};

describe('a planted problem is found, and none that is not there', () => {
  const cases: readonly (readonly [string, OddSpec, OddSpec, number])[] = [
    ['message-marked-deleted source ann@x INBOX', annHas(() => ({ INBOX: marked('\\Deleted') })), {}, 0],
    [
      'keywords-unknown destination ann@x INBOX',
      annHas(() => ({ INBOX: marked('$Forwarded') })),
      { permanentFlags: '' },
      0,
    ],
    [
      'keywords-dropped destination ann@x INBOX',
      annHas(() => ({ INBOX: marked('$Forwarded') })),
      { permanentFlags: '\\Seen \\Answered \\Flagged \\Deleted \\Draft $Junk' },
      0,
    ],
    [
      'flags-dropped destination ann@x INBOX',
      annHas(() => ({ INBOX: marked('\\Flagged') })),
      { permanentFlags: '\\Seen \\*' },
      0,
    ],
    [
      'no-right-to-add destination ann@x Old',
      annHas(() => ({ INBOX: many(3), Old: many(1) })),
      {
        caps: `${CAPS} ACL`,
        foldersFor: withOld,
        on: { MYRIGHTS: rights('Old', 'lrs') },
      },
      3,
    ],
    [
      'no-right-to-create destination ann@x Old/2020',
      annHas(() => ({ INBOX: many(3), 'Old/2020': many(1) })),
      {
        caps: `${CAPS} ACL`,
        foldersFor: withOld,
        on: { MYRIGHTS: rights('Old', 'lrswi') },
      },
      3,
    ],
    [
      'no-right-to-set-flags destination ann@x INBOX',
      {},
      {
        caps: `${CAPS} ACL`,
        on: {
          MYRIGHTS: ({ connection }) =>
            connection.user === 'ann@x' ? RIGHTS('INBOX', 'lrik') : RIGHTS('INBOX', 'lrswik'),
        },
      },
      0,
    ],
    [
      'quota-too-small destination ann@x Old',
      annHas(() => ({ INBOX: many(3), Old: many(9) })),
      {
        foldersFor: withOld,
        on: {
          GETQUOTAROOT: ({ targetName }) =>
            targetName === 'Old'
              ? ['* QUOTAROOT Old Archive', '* QUOTA Archive (STORAGE 7 7)', '%T OK done']
              : quota(0, 1_000_000),
        },
      },
      3,
    ],
    [
      'quota-above-mail source ann@x',
      {
        caps: CAPS,
        on: { GETQUOTAROOT: ({ connection }) => quota(connection.user === 'ann' ? 5_000 : 3, 1_000_000) },
      },
      {},
      0,
    ],
    [
      'uids-not-kept destination ann@x INBOX',
      {},
      { foldersFor: (user) => ({ INBOX: { ...box(), uidValidity: user === 'ann@x' ? 0 : 7 } }) },
      0,
    ],
    [
      'folder-unreadable destination ann@x INBOX',
      {},
      {
        on: {
          EXAMINE: ({ connection }) =>
            connection.user === 'ann@x' ? ['%T NO [SERVERBUG] mailbox is in repair, come back never'] : undefined,
        },
      },
      3,
    ],
    ['mailbox-empty source ann@x', annHas(() => ({ INBOX: box() })), {}, 0],
    ['dates-of-one-day source ann@x', annHas(() => ({ INBOX: onOneDay() })), {}, 0],
    [
      'message-too-large destination ann@x INBOX',
      annHas(() => ({ INBOX: box(mail(1), mail(2, '', 'x'.repeat(5_000))) })),
      { caps: `${CAPS} APPENDLIMIT=4000` },
      3,
    ],
    [
      'folder-unreadable source ann@x Closed',
      {
        ...annHas(() => ({ INBOX: many(3), Closed: many(2) })),
        on: { EXAMINE: ({ targetName }) => (targetName === 'Closed' ? ['%T NO [NOPERM] closed'] : undefined) },
      },
      {},
      3,
    ],
    [
      'message-empty source ann@x INBOX',
      {
        ...annHas(() => ({ INBOX: many(9) })),
        on: { 'UID FETCH': (context) => context.rows(({ uid }) => (uid === 9 ? { size: '0' } : undefined)) },
      },
      {},
      0,
    ],
    ['uids-not-kept source ann@x INBOX', annHas(() => ({ INBOX: { ...many(3), uidValidity: 0 } })), {}, 0],
    [
      'destination-not-empty destination ann@x',
      {},
      { foldersFor: (user) => ({ INBOX: user.startsWith('ann') ? many(2) : box() }) },
      0,
    ],
    [
      'login-refused destination ann@x',
      {},
      { onAuth: ({ user }) => (user.startsWith('ann') ? ['%T NO [AUTHENTICATIONFAILED] no'] : undefined) },
      3,
    ],
    [
      'mailbox-missing source ann@x',
      { onAuth: ({ user }) => (user.startsWith('ann') ? ['%T NO [NONEXISTENT] no such mailbox'] : undefined) },
      {},
      3,
    ],
    ['folder-name-doubtful destination ann@x ~home', annHas(() => ({ INBOX: many(3), '~home': many(1) })), {}, 0],
    ['dates-impossible source ann@x INBOX', annHas(() => ({ INBOX: dated('03-Feb-2124 10:00:00 +0000') })), {}, 0],
    [
      'list-row-unreadable source ann@x',
      {
        on: {
          LIST: (context) =>
            context.connection.user === 'ann' ? ['* LIST (\\HasNoChildren) "/"', ...context.normal()] : undefined,
        },
      },
      {},
      3,
    ],
    ['folders-differ-in-case destination ann@x', annHas(() => ({ INBOX: many(3), Old: many(1), old: many(1) })), {}, 0],
  ];
  it.each(cases)('%s', async (what, source, destination, code) => {
    const both = await school.pair(source, destination);

    expect(await school.check(both, '--json')).toBe(code);

    expect(school.found()).toEqual([what]);
  });

  it.each([
    ['quota-too-small', 7, 7, 3],
    ['quota-almost-full', 990, 1_000, 0],
  ])('%s', async (kind, used, limit, code) => {
    const both = await school.pair({}, { on: { GETQUOTAROOT: () => quota(used, limit) } });

    expect(await school.check(both, '--json')).toBe(code);

    expect(school.found()).toEqual([`${kind} destination ann@x`, `${kind} destination benn@x`]);
  });

  it.each([
    ['quota-unknown', 'UIDPLUS'],
    ['without-uidplus', 'QUOTA'],
  ])('%s', async (kind, caps) => {
    expect(await school.check(await school.pair({}, { caps }), '--json')).toBe(0);

    expect(school.found()).toEqual([`${kind} destination ann@x`, `${kind} destination benn@x`]);
  });

  it('Gmail, whose labels double', async () => {
    const on: OddSpec['on'] = {
      LIST: (context) =>
        context.normal().map((item) =>
          String(item)
            .replace('() "/" "All Mail"', '(\\All) "/" "All Mail"')
            .replace(/\(\) ("." "?All Mail)/, '(\\All) $1'),
        ),
    };
    const source = { caps: 'X-GM-EXT-1', ...annHas(() => ({ INBOX: many(3), 'All Mail': many(3) })), on };

    expect(await school.check(await school.pair(source), '--json')).toBe(0);

    expect(school.found()).toEqual(['labels-double source ann@x All Mail', 'mail-hidden source']);
  });

  it('rows that fit into one mailbox each, and not together', async () => {
    const both = await school.pair(
      { foldersFor: () => ({ INBOX: box(mail(1, '', 'x'.repeat(700))) }) },
      { caps: `${CAPS} OBJECTID`, on: { GETQUOTAROOT: () => quota(0, 1), STATUS: ONE_INBOX } },
    );
    expect(await school.check(both, '--json')).toBe(3);
    expect(school.found()).toEqual([
      'quota-too-small destination ann@x',
      'quota-too-small destination benn@x',
      'one-destination destination ann@x',
      'one-destination destination benn@x',
    ]);
  });

  it('two rows that read one mailbox, and two logins that see one INBOX at the destination', async () => {
    school.plan = 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,p,q\nbenn@x,ann,p,q\n';

    expect(
      await school.check(await school.pair({}, { caps: `${CAPS} OBJECTID`, on: { STATUS: ONE_INBOX } }), '--json'),
    ).toBe(0);

    expect(school.found()).toEqual([
      'one-destination destination ann@x',
      'one-destination destination benn@x',
      'one-source source ann@x',
      'one-source source benn@x',
    ]);
  });
});

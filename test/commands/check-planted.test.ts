import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Finding } from '../../src/engine/check/finding.js';
import { box, mail, many, type OddFolders, type OddServer, serve } from '../support/odd-server.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
let servers: OddServer[] = [];
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  await operator.goesHome();
});

const flagged = (flag: string) => {
  const folder = many(3);
  folder.messages[0]!.flags = [flag];
  return folder;
};
const onOneDay = () => {
  const folder = many(60);
  for (const message of folder.messages) message.date = '03-Feb-2024 10:00:00 +0000';
  return folder;
};
const closed = () => ({ INBOX: many(3), Closed: many(2) });
const NO = '%T NO [AUTHENTICATIONFAILED] no';

/** By user: the source's folders, the room at the destination in units of 1024, and what is to be found, by kind. */
const PLANTED: Readonly<
  Record<string, { readonly folders?: () => OddFolders; readonly quota?: string; readonly finds: string }>
> = {
  deleted1: { folders: () => ({ INBOX: flagged('\\Deleted') }), finds: 'message-marked-deleted' },
  deleted2: { folders: () => ({ INBOX: many(1), Old: flagged('\\DELETED') }), finds: 'message-marked-deleted' },
  keyword1: { folders: () => ({ INBOX: flagged('$Forwarded') }), finds: 'keywords-unknown' },
  keyword2: { folders: () => ({ INBOX: flagged('Work') }), finds: 'keywords-unknown' },
  empty: { folders: () => ({ INBOX: box() }), finds: 'mailbox-empty' },
  oneday: { folders: () => ({ INBOX: onOneDay() }), finds: 'dates-of-one-day' },
  large1: { folders: () => ({ INBOX: box(mail(1, '', 'x'.repeat(5_000))) }), finds: 'message-too-large' },
  large2: { folders: () => ({ INBOX: many(2), Old: box(mail(9, '', 'x'.repeat(9_000))) }), finds: 'message-too-large' },
  closed1: { folders: closed, finds: 'folder-unreadable' },
  closed2: { folders: closed, finds: 'folder-unreadable' },
  hollow: { folders: () => ({ INBOX: many(4) }), finds: 'message-empty' },
  unsized: { folders: () => ({ INBOX: many(5) }), finds: 'message-size-unknown' },
  nouids: { folders: () => ({ INBOX: { ...many(3), uidValidity: 0 } }), finds: 'uids-not-kept' },
  cases: { folders: () => ({ INBOX: many(2), Old: many(1), old: many(1) }), finds: 'folders-differ-in-case' },
  starred: { folders: () => ({ INBOX: many(2), Starred: many(1) }), finds: 'folder-is-view' },
  filled: { finds: 'destination-not-empty' },
  locked1: { finds: 'login-refused' },
  locked2: { finds: 'login-refused' },
  gone: { finds: 'mailbox-missing' },
  disabled: { finds: 'login-refused' },
  busy: { finds: 'not-looked-at' },
  tight1: { quota: '7 7', finds: 'quota-too-small' },
  tight2: { quota: '9 8', finds: 'quota-too-small' },
  almost: { quota: '990 1000', finds: 'quota-almost-full' },
  twin1: { folders: () => ({ INBOX: many(33) }), finds: 'equal-mailboxes' },
  twin2: { folders: () => ({ INBOX: many(33) }), finds: 'equal-mailboxes' },
};
const USERS = [...Object.keys(PLANTED), ...Array.from({ length: 20 }, (_, at) => `ordinary${at}`)];

it('finds 26 problems of 18 kinds among 46 mailboxes, and none that is not there', async () => {
  const source = await serve({
    foldersFor: (user) => PLANTED[user]?.folders?.() ?? { INBOX: many(3) },
    onAuth: ({ user }) => {
      if (user === 'locked1') return [NO];
      if (user === 'gone') return ['%T NO [NONEXISTENT] no such mailbox'];
      if (user === 'disabled') return ['%T NO [CONTACTADMIN] this account is disabled'];
      return user === 'busy' ? ['%T NO [UNAVAILABLE] try again later'] : undefined;
    },
    on: {
      EXAMINE: ({ targetName }) => (targetName === 'Closed' ? ['%T NO [NOPERM] closed'] : undefined),
      LIST: (context) => context.normal().map((item) => String(item).replace(/\(\)(?= "." "?Starred)/, '(\\Flagged)')),
      'UID FETCH': (context) =>
        context.rows(({ uid }) => {
          const last = context.folder?.messages.length;
          if (uid === 4 && last === 4) return { size: '0' };
          return uid === 5 && last === 5 ? { size: 'NIL' } : undefined;
        }),
    },
  });
  const destination = await serve({
    caps: 'UIDPLUS QUOTA APPENDLIMIT=4000',
    permanentFlags: '',
    foldersFor: (user) => ({ INBOX: user === 'filled@x' ? many(2) : box() }),
    onAuth: ({ user }) => (user === 'locked2@x' ? [NO] : undefined),
    on: {
      GETQUOTAROOT: ({ connection }) => {
        const quota = PLANTED[(connection.user ?? '').replace('@x', '')]?.quota ?? '0 1000000';
        return ['* QUOTAROOT INBOX ""', `* QUOTA "" (STORAGE ${quota})`, '%T OK done'];
      },
    },
  });
  servers.push(source, destination);
  const rows = USERS.map((user) => `${user}@x,${user},p,q\n`).join('');
  await operator.writes('school.csv', `EmailAddress,UserName,Password,DestinationPassword\n${rows}`);
  const url = ({ port }: OddServer) => `imap://127.0.0.1:${port}`;
  const ends = ['--source', url(source), '--destination', url(destination), '--insecure-plaintext'];

  expect(await operator.runs('check', 'school.csv', ...ends, '--json')).toBe(3);

  const found = operator.out.lines
    .map((line) => JSON.parse(line) as { type: string } & Finding)
    .filter(({ type, mailbox }) => type === 'finding' && mailbox !== null)
    .map(({ kind, mailbox }) => `${mailbox} ${kind}`);
  expect(found.sort()).toEqual(
    Object.entries(PLANTED)
      .map(([user, { finds }]) => `${user}@x ${finds}`)
      .sort(),
  );
  expect(found).toHaveLength(26);
  expect(new Set(found.map((one) => one.split(' ')[1])).size).toBe(18);
});

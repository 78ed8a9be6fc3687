import { afterEach, expect, it } from 'vitest';
import {
  answer,
  delay,
  drop,
  type ImapServer,
  type ServerOptions,
  script,
  startImapServer,
  when,
} from '../../../demo/server/index.js';
import { LoginFailed } from '../../../src/engine/imap/session/login-failed.js';
import { type Depth, lookAtMailbox } from '../../../src/engine/look/look-at-mailbox.js';
import { type Clock, systemClock } from '../../../src/words/clock.js';
import { annsLogin } from '../../support/login-options.js';
import { letters } from '../../support/odd-mail.js';

let server: ImapServer | null = null;
afterEach(() => server?.stop());

interface Asked {
  readonly depth?: Depth;
  readonly password?: string;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Bytes of further messages in Sent. */
  readonly sent?: readonly number[];
  /** Further messages of Sent that are marked as deleted. */
  readonly marked?: number;
}

async function look(options: ServerOptions = {}, asked: Asked = {}) {
  const { depth = 'counts', password = 'pass', signal = new AbortController().signal } = asked;
  server = await startImapServer({
    accounts: { ann: { password: 'pass', quota: { storageBytes: 2_048_000 } } },
    ...options,
  });
  const account = server.accounts.get('ann');
  for (const letter of letters(7, 'ann', { bytes: 1_000 })) account.folder('INBOX').add(letter);
  for (const letter of letters(2, 'sent', { bytes: 500 })) account.folder('Sent').add(letter);
  for (const letter of letters(asked.marked ?? 0, 'marked'))
    account.folder('Sent').add({ ...letter, flags: ['\\Deleted'] });
  for (const bytes of asked.sent ?? [])
    for (const letter of letters(1, `sent${bytes}`, { bytes })) account.folder('Sent').add(letter);
  return lookAtMailbox({ ...annsLogin(server, password), clock: asked.clock ?? systemClock }, depth, signal);
}

/** The words of the commands that the server was sent. */
const words = () => server?.commandLog.map((line) => /^\S+ \S+ (\S+)/.exec(line)?.[1]?.toUpperCase());

it('counts folders and messages, and changes and opens nothing', async () => {
  const found = await look();
  expect(found).toMatchObject({ messages: 9, large: null, deleted: null });
  expect(found.capabilities.has('UIDPLUS')).toBe(true);
  expect(words()).toContain('LIST');
  for (const word of ['SELECT', 'EXAMINE', 'CREATE', 'APPEND', 'STORE', 'SUBSCRIBE'])
    expect(words()).not.toContain(word);
  await expect.poll(() => server?.connections).toBe(0);
});

it('tells the quota and the largest message, where the server does', async () => {
  const found = await look({ appendLimit: 35_000_000 });
  expect(found.appendLimit).toBe(35_000_000);
  expect(found.quota?.limit).toBe(2_048_000);
  expect(found.quota?.used).toBeGreaterThan(0);
});

it('lists the folders, with the messages and the size of each', async () => {
  const { folders } = await look({}, { depth: 'sizes' });
  expect(folders.map(({ path }) => path)).toEqual(['INBOX', 'Drafts', 'Sent', 'Trash', 'Junk']);
  expect(folders[0]).toMatchObject({ messages: 7, size: { is: 'whole' }, isUsual: true });
  const sizes = folders.flatMap(({ size }) => size ?? []);
  expect(sizes).toHaveLength(2);
  expect(sizes.reduce((all, { bytes }) => all + bytes, 0)).toBe(held());
});

it('does without what a server cannot tell', async () => {
  expect(await look({ without: ['QUOTA', 'LIST-STATUS'] })).toMatchObject({
    messages: 9,
    size: null,
    quota: null,
    appendLimit: null,
  });
});

/** Bytes of all messages that the server holds for ann. */
const held = () =>
  [...(server?.accounts.get('ann').folders.values() ?? [])]
    .flatMap((folder) => folder.messages)
    .reduce((sum, { raw }) => sum + raw.length, 0);

it('weighs the messages of a source that cannot tell its size, by EXAMINE and FETCH, and writes nothing', async () => {
  const found = await look({ without: ['QUOTA'] }, { depth: 'sizes' });
  expect(found.size).toEqual({ bytes: held(), is: 'whole' });
  expect(found.large).toEqual([]);
  expect(found.roundTrip).toBeGreaterThanOrEqual(0);
  expect(words()?.filter((word) => word === 'EXAMINE')).toHaveLength(2);
  for (const word of ['SELECT', 'CREATE', 'APPEND', 'STORE', 'CLOSE', 'EXPUNGE']) expect(words()).not.toContain(word);
});

it('finds the messages that may be too large, and only those', async () => {
  const found = await look({}, { depth: 'sizes', sent: [9e6, 11e6, 12e6] });
  expect(found.large?.map((bytes) => Math.round(bytes / 1e6)).sort()).toEqual([11, 12]);
});

it('counts the messages that are marked as deleted, in all folders', async () => {
  const found = await look({}, { depth: 'sizes', marked: 3 });
  expect(found.deleted).toBe(3);
});

it('tells what it knows where a server takes too long to weigh its mail', async () => {
  let weighing: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    weighing = resolve;
  });
  // Eight seconds pass as soon as the server has begun to look.
  const clock: Clock = {
    ...systemClock,
    sleep: (ms, signal) =>
      ms === 8_000 ? reached.then(() => systemClock.sleep(100, signal)) : systemClock.sleep(ms, signal),
  };
  const slow = script(when('SEARCH', delay(3_600_000)));
  const looking = look({ fault: slow }, { depth: 'sizes', clock });
  await expect.poll(() => words()?.includes('SEARCH')).toBe(true);
  weighing();
  const found = await looking;
  expect(found.large).toBeNull();
  expect(found.size?.is).toBe('about');
});

it.each([
  ['does not open a folder', when('EXAMINE', answer('NO [NOPERM] no'), { folder: 'Sent' }), { is: 'about' }],
  ['cannot search', when('SEARCH', answer('BAD unknown')), { is: 'whole' }],
  ['dies of a search', when('SEARCH', drop()), null],
] as const)('weighs what it can where a server %s, and tells of no large messages', async (_, fault, size) => {
  const slow = when('EXAMINE', delay(50), { folder: 'Sent' });
  const found = await look({ without: ['QUOTA'], fault: script(fault, slow) }, { depth: 'sizes' });
  expect(found).toMatchObject({ messages: 9, size, large: null, deleted: null });
});

it('is told of the least limit of any folder, where each has its own', async () => {
  const found = await look({ with: ['APPENDLIMIT'], appendLimit: 1_000_000 } as ServerOptions);
  expect(found.appendLimit).toBe(1_000_000);
});

it('ends with the refusal of a login, and leaves no line open', async () => {
  await expect(look({}, { password: 'wrong' })).rejects.toThrow(LoginFailed);
  await expect.poll(() => server?.connections).toBe(0);
});

it('is given up when nobody waits for it any more', async () => {
  const enough = new AbortController();
  const looking = look({ fault: script(when('LIST', delay(3_600_000))) }, { signal: enough.signal });
  looking.catch(() => undefined);
  await expect.poll(() => server?.commandLog.some((line) => line.includes('LIST'))).toBe(true);
  enough.abort();
  await expect(looking).rejects.toThrow();
});

it('walks a list that is refused level by level, as a copy does', async () => {
  const all = script(when('LIST', answer('NO too many mailboxes'), { where: ({ args }) => !args.includes('%') }));
  expect(await look({ fault: all })).toMatchObject({ messages: 9 });
});

it('fails with the refusal of LIST where each level is refused, too', async () => {
  const each = script(when('LIST', answer('NO the list is broken')));
  await expect(look({ fault: each })).rejects.toThrow(/the list is broken/);
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../src/engine/imap/session/credentials.js';
import { LoginFailed } from '../../../src/engine/imap/session/login-failed.js';
import { openSession } from '../../../src/engine/imap/session/session.js';
import { readFailure } from '../../../src/engine/mailbox/read-failure.js';
import { systemClock } from '../../../src/words/clock.js';
import { nightBatch } from '../../support/night-batch.js';
import { moveBetween } from '../../support/odd-move.js';
import { type Item, type OddSpec, serve, three } from '../../support/odd-server.js';

/** The reading of a login that fails. */
async function refused(spec: OddSpec) {
  const server = await serve(spec);
  onTestFinished(() => server.stop());
  const thrown: unknown = await openSession({
    side: 'source',
    endpoint: nightBatch({ users: ['ann'], now: 0 }).source,
    trust: { ca: null, fingerprint: null },
    login: { user: 'ann', authzid: null, credential: { kind: 'password', password: new Secret('x') } },
    connect: () => server.connect(),
    clock: systemClock,
    onNotice: () => {},
  }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(LoginFailed);
  return readFailure(thrown);
}

const LIMIT: readonly Item[] = ['%T NO [LIMIT] CAPABILITY Rate limit hit.'];

describe('a server that says goodbye before anybody has logged in', () => {
  it('in its greeting is told with its words, the first time', async () => {
    const failure = await refused({ greeting: () => ['* BYE Too many connections from your address'] });

    expect(failure?.response).toBe('* BYE Too many connections from your address');
    expect(failure?.verdict.kind).toBe('throttled');
  });

  it.each<[string, readonly Item[]]>([
    ['at once', ['* BYE Server logging out', ...LIMIT]],
    ['a moment later', ['* BYE Server logging out', { wait: 40 }, ...LIMIT]],
  ])('is heard out: the limit that it names %s is what is read', async (_, reply) => {
    const failure = await refused({ on: { CAPABILITY: () => reply } });

    expect(failure?.response).toMatch(/\[LIMIT\]/);
    expect(failure?.verdict.kind).toBe('throttled');
  });

  it('is tried again, and moved', async () => {
    const move = await moveBetween({
      folders: three(),
      on: {
        CAPABILITY: ({ connection }) =>
          connection.number <= 2 ? ['* BYE bye now', { wait: 40 }, ...LIMIT] : undefined,
      },
    });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  });
});

describe('a destination that knows few flags', () => {
  it('gets the messages without the keywords that it refuses, noted once', async () => {
    const folders = three();
    for (const message of folders.INBOX!.messages) message.flags = ['\\Seen', 'NonJunk'];
    const move = await moveBetween(
      { folders },
      {
        permanentFlags: '\\Answered \\Flagged \\Deleted \\Seen \\Draft',
        on: { APPEND: ({ args }) => (/NonJunk/.test(args) ? ['%T BAD APPEND Unrecognized flag'] : undefined) },
      },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.open).toEqual([]);
    expect(move.notes.filter(({ sample }) => /NonJunk/.test(sample))).toHaveLength(1);
  });
});

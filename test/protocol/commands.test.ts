import { describe, expect, expectTypeOf, it } from 'vitest';
import type { DecisionEntity } from '../../src/protocol/answers.js';
import type { EngineClient } from '../../src/protocol/client.js';
import {
  COMMANDS,
  type CommandName,
  type CommandOf,
  commandSchema,
  type Granted,
  handle,
  isOfBatch,
  isRead,
} from '../../src/protocol/commands.js';
import type { LogLine } from '../../src/protocol/events.js';

const EVERYTHING = { filter: '', groups: null, entries: null, uids: null };

/** One of each, as version 2 of the protocol has them on the wire. */
const EXAMPLES: { readonly [N in CommandName]: CommandOf<N> } = {
  status: { do: 'status' },
  stop: { do: 'stop', how: 'drain', mailbox: null },
  pause: { do: 'pause', mailbox: 'ann' },
  continue: { do: 'continue', mailbox: null },
  start: { do: 'start', mailbox: 'ann' },
  postpone: { do: 'postpone', mailbox: 'ann', seconds: 60 },
  stagger: { do: 'stagger', min: 60, max: 90 },
  concurrency: { do: 'concurrency', most: 4 },
  window: { do: 'window', window: { from: 1200, to: 360, zone: 'UTC' } },
  password: { do: 'password', mailbox: 'ann', side: 'source', secret: 'secret' },
  'correct-row': {
    do: 'correct-row',
    mailbox: 'ann',
    sourceUser: 'ann',
    destinationUser: 'ann',
    userRoot: null,
    own: null,
    wave: null,
    by: 'eva',
  },
  trust: { do: 'trust', side: 'source', mailbox: null, fingerprint: 'AB'.repeat(32), by: 'eva' },
  errors: { do: 'errors', mailbox: null, filter: 'code:OVERQUOTA', by: 'kind', entries: ['ann 1'], uids: '1:3' },
  preview: { do: 'preview', action: { do: 'skip', why: 'too old' }, selection: EVERYTHING },
  decide: { do: 'decide', preview: 'p1', by: 'eva' },
  'give-up': { do: 'give-up', mailboxes: ['ann'], why: 'left', by: 'eva' },
  undo: { do: 'undo', decision: 1, by: 'eva' },
  decisions: { do: 'decisions' },
  correct: { do: 'correct', entry: 'ann 1', kind: 'quota', by: 'eva' },
  uncorrect: { do: 'uncorrect', id: '1', by: 'eva' },
  message: { do: 'message', mailbox: 'ann', folder: 'INBOX', uid: 7 },
  'save-message': { do: 'save-message', mailbox: 'ann', folder: 'INBOX', uid: 7, path: '/tmp/7.eml' },
  export: { do: 'export', selection: EVERYTHING, format: 'csv', path: '/tmp/failed.csv' },
  headers: { do: 'headers', selection: EVERYTHING },
  morning: { do: 'morning' },
  looked: { do: 'looked', by: 'eva' },
  log: { do: 'log', lines: 100 },
  pace: { do: 'pace' },
  rehearse: { do: 'rehearse', by: 1_768_543_200_000 },
  certificate: { do: 'certificate', side: 'source', mailbox: 'ann' },
};
const names = Object.keys(COMMANDS) as CommandName[];

describe('a command over the socket', () => {
  it.each(names)('%s is read as it was sent, and refused with a field that it does not have', (name) => {
    expect(commandSchema.parse(JSON.parse(JSON.stringify(EXAMPLES[name])))).toEqual(EXAMPLES[name]);
    expect(commandSchema.safeParse({ ...EXAMPLES[name], force: true }).success).toBe(false);
  });

  it.each(names)('%s is refused without one of its fields, but for those that `errors` may leave out', (name) => {
    const optional = name === 'errors' ? ['filter', 'by', 'entries', 'uids'] : [];
    for (const field of Object.keys(EXAMPLES[name])) {
      const { [field as 'do']: _, ...less } = EXAMPLES[name];
      expect([field, commandSchema.safeParse(less).success]).toEqual([field, optional.includes(field)]);
    }
  });

  it.each([
    ['a command that does not exist', { do: 'format', path: '/' }],
    ['none of the table, but of every object', { do: 'toString' }],
    ['a wait of more than a day', { ...EXAMPLES.postpone, seconds: 86_401 }],
    ['a UID of 0', { ...EXAMPLES.message, uid: 0 }],
    ['an order of another kind inside', { ...EXAMPLES.preview, action: { do: 'delete' } }],
  ])('is refused: %s', (_, command) => {
    expect(commandSchema.safeParse(command).success).toBe(false);
  });
});

it('a read-only console may ask, and may order nothing', () => {
  expect(names.filter((name) => isRead(EXAMPLES[name])).toSorted()).toEqual(
    ['status', 'errors', 'preview', 'decisions', 'morning', 'log', 'pace', 'rehearse'].toSorted(),
  );
});

it('waits for the mailboxes unless it is about the batch', () => {
  const early = names.filter((name) => isOfBatch(EXAMPLES[name]));
  expect(early).toEqual(['status', 'stop', 'continue', 'stagger', 'concurrency', 'window', 'log']);
  expect(isOfBatch({ do: 'stop', how: 'now', mailbox: 'ann' })).toBe(false);
  expect(isOfBatch({ do: 'pause', mailbox: null })).toBe(true);
});

it('is answered by its own handler, with what its row of the table says', async () => {
  const handlers = {
    log: ({ lines }: CommandOf<'log'>) => ({ ok: false, why: `no ${lines} lines` }) as const,
    looked: () => ({ ok: true }) as const,
  };
  expect(await handle(handlers, EXAMPLES.log)).toEqual({ ok: false, why: 'no 100 lines' });
  expect(await handle(handlers, EXAMPLES.looked)).toEqual({ ok: true });
  const ask = (client: EngineClient) => client.command({ do: 'log', lines: 1 });
  type Log = Extract<Awaited<ReturnType<typeof ask>>, { ok: true }>;
  expectTypeOf<Log['log']>().toEqualTypeOf<readonly LogLine[]>();
  expectTypeOf<keyof Log>().toEqualTypeOf<'ok' | 'log'>();
  expectTypeOf<Granted<'undo'>['decision']>().toEqualTypeOf<DecisionEntity>();
  expectTypeOf<keyof Granted<'stop'>>().toEqualTypeOf<'ok'>();
});

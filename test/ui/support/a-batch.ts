import type { MailboxCause } from '../../../src/protocol/cause.js';
import {
  type BatchEntity,
  type Counts,
  type MailboxEntity,
  type MailboxState,
  NO_COUNTS,
  NO_LINE,
  NO_RATE,
  needsOperator,
} from '../../../src/protocol/entities.js';
import type { LogLine } from '../../../src/protocol/events.js';
import { bytesLeftBy } from '../../../src/protocol/figures.js';
import type { Reason } from '../../../src/words/reason.js';
import { said } from '../../support/a-reason.js';

/** 02:14:07 UTC, in the middle of a night. */
export const NOW = Date.UTC(2026, 0, 16, 2, 14, 7);
export const MINUTE = 60_000;

export function counts(total: number, done: number, more: Partial<Counts> = {}): Counts {
  const bytes = { bytesTotal: total * 100_000, bytesCopied: done * 100_000 };
  return { ...NO_COUNTS, total, copied: done, left: total - done, ...bytes, ...more };
}

export function aMailbox(email: string, more: Partial<MailboxEntity> = {}): MailboxEntity {
  return {
    id: email.replace(/[^A-Za-z0-9]/g, '-'),
    email,
    servers: null,
    state: { kind: 'queued', startsAt: null, why: { key: 'place', concurrency: 20 } },
    folder: null,
    message: null,
    counts: NO_COUNTS,
    bytesLeft: bytesLeftBy(more.counts ?? NO_COUNTS),
    expected: null,
    folders: [],
    errors: 0,
    doubled: 0,
    accepted: 0,
    cause: null,
    startedAt: null,
    endedAt: null,
    attempts: 0,
    typedPasswords: [],
    rate: NO_RATE,
    eta: null,
    lines: { source: NO_LINE, destination: NO_LINE },
    history: [],
    asksPassword: null,
    provider: null,
    lastResponse: null,
    ...more,
  };
}

/** At work, `share` of it done. */
export function aCopying(email: string, share: number, more: Partial<MailboxEntity> = {}): MailboxEntity {
  const total = 20_000;
  const done = Math.floor(total * share);
  return aMailbox(email, {
    state: { kind: 'copying' },
    folder: 'INBOX',
    counts: counts(total, done),
    folders: [{ source: 'INBOX', destination: 'INBOX', counts: counts(total, done), way: 'MULTIAPPEND, LITERAL+' }],
    startedAt: NOW - 12 * MINUTE,
    attempts: 1,
    rate: { messages: 112, bytes: 2.9e6 },
    eta: NOW + 118 * MINUTE,
    lines: {
      source: { connections: 2, command: 'UID FETCH 1201:1300 (BODY.PEEK[])', inFlight: 4 },
      destination: { connections: 1, command: 'APPEND', inFlight: 16 },
    },
    history: [
      { at: NOW - 12 * MINUTE, kind: 'connecting', because: null },
      { at: NOW - 11 * MINUTE, kind: 'copying', because: null },
    ],
    ...more,
  });
}

export function aHeld(email: string, because: Reason, asks: string, sinceMinutes = 62): MailboxEntity {
  return aMailbox(email, {
    state: { kind: 'held', because, asks: { key: 'as-written', text: asks } },
    counts: counts(9_000, 4_000, { failed: 88, left: 4_912 }),
    errors: 88,
    startedAt: NOW - 180 * MINUTE,
    attempts: 3,
    history: [
      { at: NOW - 90 * MINUTE, kind: 'copying', because: null },
      { at: NOW - sinceMinutes * MINUTE, kind: 'held', because },
    ],
  });
}

export function aCause(code: string, more: Partial<MailboxCause> = {}): MailboxCause {
  return {
    group: code,
    code,
    kind: 'quota',
    rule: `code-${code.toLowerCase()}`,
    side: 'destination',
    text: `NO [${code}]`,
    of: 'messages',
    messages: 0,
    since: NOW - 90 * MINUTE,
    ...more,
  };
}

export function aBatch(mailboxes: readonly MailboxEntity[], more: Partial<BatchEntity> = {}): BatchEntity {
  const byState: Record<MailboxState['kind'], number> = {
    queued: 0,
    connecting: 0,
    scanning: 0,
    copying: 0,
    verifying: 0,
    'backing-off': 0,
    held: 0,
    paused: 0,
    stopped: 0,
    synced: 0,
    incomplete: 0,
    completed: 0,
    'given-up': 0,
  };
  for (const { state } of mailboxes) byState[state.kind] += 1;
  const sum = { ...NO_COUNTS } as { -readonly [K in keyof Counts]: Counts[K] };
  for (const one of mailboxes) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += one.counts[key];
  return {
    name: 'school-2026',
    state: 'running',
    startedAt: NOW - 374 * MINUTE,
    now: NOW,
    source: 'imaps://mail.old.example',
    destination: 'imaps://mail.new.example',
    mailboxes: mailboxes.length,
    byState,
    needs: mailboxes.filter(needsOperator).length,
    leftOut: { accepted: 0, givenUp: 0 },
    counts: sum,
    bytesLeft: bytesLeftBy(more.counts ?? sum),
    expected: sum.total,
    expectedBytes: null,
    unseen: 0,
    errors: mailboxes.reduce((all, { errors }) => all + errors, 0),
    decided: 0,
    rate: { messages: 412, bytes: 9.1e6 },
    trend: [200, 380, 410, 300, 390, 410, 340, 400, 120, 310, 412, 400],
    eta: NOW + 206 * MINUTE,
    etaBetween: { from: NOW + 190 * MINUTE, to: NOW + 230 * MINUTE },
    endpoints: {
      source: [
        {
          name: 'imaps://mail.old.example',
          software: 'Dovecot',
          connections: 18,
          allowed: 20,
          throttledUntil: null,
          unreachableUntil: null,
          circuit: null,
        },
      ],
      destination: [
        {
          name: 'imaps://mail.new.example',
          software: 'Cyrus',
          connections: 16,
          allowed: 20,
          throttledUntil: NOW + 2 * MINUTE,
          unreachableUntil: null,
          circuit: null,
        },
      ],
    },
    stagger: { min: 60, max: 90 },
    concurrency: 20,
    window: null,
    closedUntil: null,
    wave: null,
    otherWaves: 0,
    ...more,
  };
}

/** A night as an operator meets it at two o'clock: some at work, two that need a hand, a queue, most done. */
export function aNight(): readonly MailboxEntity[] {
  return [
    aCopying('ann', 0.54, { folder: 'Archive/2019' }),
    aCopying('bob', 0.17, { rate: { messages: 61, bytes: 8.1e6 }, eta: NOW + 168 * MINUTE }),
    aCopying('日本支社@example.jp', 0.91, { folder: '下書き/2021' }),
    aCopying('dave', 0.72, {
      folder: 'Sent',
      folders: [{ source: 'Sent', destination: 'Gesendet', counts: counts(20_000, 14_400), way: null }],
      errors: 3,
      lastResponse: { side: 'destination', text: 'A7 NO [LIMIT] Message too large', at: NOW - 3 * MINUTE },
    }),
    aCopying('eve', 0.03, { state: { kind: 'verifying' } }),
    aMailbox('carol', {
      state: {
        kind: 'backing-off',
        until: NOW + 221_000,
        because: said('source', 'NO [UNAVAILABLE] Mailbox is being checked'),
      },
      folder: 'INBOX',
      counts: counts(30_000, 10_000),
      startedAt: NOW - 40 * MINUTE,
      attempts: 2,
      history: [
        { at: NOW - 40 * MINUTE, kind: 'connecting', because: null },
        { at: NOW - 39 * MINUTE, kind: 'copying', because: null },
        { at: NOW - 79_000, kind: 'backing-off', because: said('source', 'NO [UNAVAILABLE] Mailbox is being checked') },
      ],
      lastResponse: { side: 'source', text: 'NO [UNAVAILABLE] Mailbox is being checked', at: NOW - 79_000 },
    }),
    {
      ...aHeld(
        'maria@new.example',
        said('destination', 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full)'),
        'The destination is full. Look at its quota meter, raise the quota or empty the trash, then retry.',
      ),
      cause: aCause('OVERQUOTA', { text: 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full)' }),
    },
    {
      ...aHeld(
        'tom@new.example',
        said('source', 'NO [AUTHENTICATIONFAILED] Authentication failed.'),
        'User name or password is refused. Check the row in the plan.',
        153,
      ),
      asksPassword: 'source' as const,
      counts: NO_COUNTS,
      cause: aCause('AUTHENTICATIONFAILED', {
        kind: 'auth',
        side: 'source',
        text: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
      }),
    },
    aMailbox('fred', { state: { kind: 'queued', startsAt: NOW + 38_000, why: { key: 'stagger' } } }),
    aMailbox('grace', { state: { kind: 'queued', startsAt: NOW + 111_000, why: { key: 'stagger' } } }),
    ...Array.from({ length: 39 }, (_, i) => aMailbox(`queued${i + 1}@example.org`)),
    ...Array.from({ length: 136 }, (_, i) =>
      aMailbox(`done${i + 1}@example.org`, {
        state: { kind: 'synced', at: NOW - (i + 1) * MINUTE },
        counts: counts(8_000, 8_000),
        startedAt: NOW - (i + 30) * MINUTE,
        endedAt: NOW - (i + 1) * MINUTE,
        attempts: 1,
      }),
    ),
  ];
}

export function aLine(text: string, more: Partial<LogLine> = {}): LogLine {
  return { at: NOW - MINUTE, level: 'info', mailbox: 'ann', side: 'source', folder: null, text, ...more };
}

import { stringify } from 'csv-stringify/sync';
import { isDoneBy } from '../../engine/rehearsal/late.js';
import type { Played } from '../../engine/rehearsal/night.js';
import type { Rehearsed } from '../../engine/rehearsal/rehearsed.js';
import type { Change } from '../../engine/rehearsal/what-helps.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import { harmless } from '../process/harmless.js';

const COLUMNS = ['mailbox', 'messages', 'bytes', 'known', 'starts', 'done', 'doneBy'] as const;

/** CSV (RFC 4180), a row a mailbox; times are ISO 8601 in UTC, empty where they are not in sight. */
export function rehearsalCsv({ rehearsal: { mailboxes, by } }: Rehearsed): string {
  const rows = mailboxes.map((one) => {
    const { load, doneAt } = one;
    return [
      harmless(load.row.email),
      Math.round(load.messages),
      Math.round(load.bytes),
      load.known,
      iso(startOf(one)),
      iso(doneAt),
      by === null ? '' : isDoneBy(one, by) ? 'yes' : 'no',
    ];
  });
  return stringify([[...COLUMNS], ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}

/** JSON lines: a `mailbox` each, and a `rehearsal` at the end. @param at  milliseconds since the epoch */
export function rehearsalJson({ rehearsal, sorted, helps }: Rehearsed, at: number): readonly string[] {
  const head = { v: PROTOCOL_VERSION, at };
  const { mailboxes, from, by, doneBy, end, late, pace } = rehearsal;
  return [
    ...mailboxes.map((one) => ({ ...head, type: 'mailbox', ...mailboxFields(one) })),
    {
      ...head,
      type: 'rehearsal',
      from,
      by,
      mailboxes: mailboxes.length,
      done: sorted.done,
      doneBy,
      end,
      late: late.map(({ because, mailboxes: those }) => ({ because, mailboxes: those.map(emailOf) })),
      leftOut: sorted.leftOut.map(({ why, rows }) => ({ why, mailboxes: rows.map(({ email }) => email) })),
      pace,
      helps: helps.map(({ change, doneBy: done, end: ends }) => ({
        change: changeFields(change),
        doneBy: done,
        end: ends,
      })),
    },
  ].map((line) => JSON.stringify(line));
}

const emailOf = ({ load }: Played) => load.row.email;

function mailboxFields(one: Played) {
  const { load, stretches, waited, doneAt } = one;
  const { messages, bytes, known } = load;
  return {
    mailbox: load.row.email,
    messages: Math.round(messages),
    bytes: Math.round(bytes),
    known,
    starts: startOf(one),
    doneAt,
    waited,
    stretches,
  };
}

function changeFields(change: Change) {
  return change.key === 'these earlier'
    ? { ...change, mailboxes: change.mailboxes.map(({ row }) => row.email) }
    : change;
}

const startOf = ({ stretches }: Played): number | null => stretches.find(({ kind }) => kind === 'works')?.from ?? null;

const iso = (at: number | null) => (at === null ? '' : new Date(at).toISOString());

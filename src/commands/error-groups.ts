import type { ErrorGroupEntity } from '../engine/protocol.js';
import { isNote } from '../store/error-entry.js';
import type { MailboxRecord } from '../store/mailbox.js';
import type { Side } from '../words/side.js';
import type { Verdict } from '../words/verdict.js';

/** Longer sets of UIDs may have been cut by the engine. */
const WHOLE_UIDS = 1_900;

/** One cause in one folder of one mailbox. */
export interface ErrorLine {
  readonly mailbox: string;
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  readonly uids: string;
  readonly messages: number;
  readonly times: number;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly response: string;
  readonly verdict: Verdict;
}

/** What an operator sees as one cause: a response code, or a kind where responses carry none. */
export interface ErrorGroupLines {
  readonly code: string | null;
  readonly kind: Verdict['kind'];
  /** `settled`: a note. The messages are at the destination, changed; nothing is left to do. */
  readonly standing: 'open' | 'settled';
  readonly messages: number;
  readonly mailboxes: number;
  readonly lines: readonly ErrorLine[];
}

/** The error ledgers of a batch, grouped by response code over all mailboxes; what is open first, then by messages. */
export function groupErrors(records: Iterable<readonly [email: string, record: MailboxRecord]>): ErrorGroupLines[] {
  const groups = new Map<string, ErrorLine[]>();
  for (const [mailbox, record] of records) {
    for (const entry of record.errors.entries) {
      const { side, command, folder, times, firstAt, lastAt, sample, verdict, uids } = entry;
      const line = {
        mailbox,
        side,
        command,
        folder,
        uids: uids.toString(),
        messages: uids.size,
        times,
        firstAt,
        lastAt,
      };
      // A note about stored messages and a refusal may be of one kind, and mean the opposite.
      const key = `${standingOf(verdict)} ${entry.code ?? ` ${verdict.kind}`}`;
      const group = groups.get(key) ?? [];
      group.push({ ...line, response: sample, verdict });
      groups.set(key, group);
    }
  }
  const order = (group: ErrorGroupLines) => (group.standing === 'open' ? 0 : 1);
  return [...groups.values()]
    .map(groupOf)
    .sort((a, b) => order(a) - order(b) || b.messages - a.messages || b.lines.length - a.lines.length);
}

/** @returns what an engine sent, in the same shape; null where it did not send every entry whole */
export function linesOf(groups: readonly ErrorGroupEntity[]): ErrorGroupLines[] | null {
  if (groups.some(({ entries, size }) => entries.length < size)) return null;
  if (groups.some(({ entries }) => entries.some(({ uids }) => uids.length > WHOLE_UIDS))) return null;
  return groups.map(({ code, kind, standing, messages, mailboxes, entries }) => ({
    code,
    kind,
    standing,
    messages,
    mailboxes,
    lines: entries.map(
      ({ mailbox, side, command, folder, uids, count, times, firstAt, lastAt, response, verdict }): ErrorLine => ({
        mailbox,
        side,
        command,
        folder,
        uids,
        messages: count,
        times,
        firstAt,
        lastAt,
        response,
        verdict,
      }),
    ),
  }));
}

function standingOf(verdict: Verdict): ErrorGroupLines['standing'] {
  return isNote(verdict) ? 'settled' : 'open';
}

function groupOf(lines: readonly ErrorLine[]): ErrorGroupLines {
  const [first] = lines as readonly [ErrorLine, ...ErrorLine[]];
  return {
    code: first.verdict.code,
    kind: first.verdict.kind,
    standing: standingOf(first.verdict),
    messages: lines.reduce((sum, line) => sum + line.messages, 0),
    mailboxes: new Set(lines.map((line) => line.mailbox)).size,
    lines,
  };
}

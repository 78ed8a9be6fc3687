import { type ErrorEntry, isNote } from '../store/error-entry.js';
import type { ErrorLedger } from '../store/error-ledger.js';
import type { ErrorEntryEntity, ErrorGroupEntity } from './protocol.js';
import { sanitise } from './responses/sanitise.js';

/** Entries of a group, and own responses of an entry, that are sent. */
const ENTRIES = 500;
const OWN = 100;

/** The failures of several mailboxes by response code, or by kind where there is none; what is open first, then most messages. */
export function groupErrors(
  ledgers: readonly { readonly mailbox: string; readonly errors: ErrorLedger }[],
): ErrorGroupEntity[] {
  const groups = new Map<string, ErrorEntryEntity[]>();
  for (const { mailbox, errors } of ledgers) {
    for (const entry of errors.entries) {
      // A note about stored messages and a refusal may be of one kind, and mean the opposite.
      const key = `${isNote(entry.verdict)} ${entry.code ?? ` ${entry.verdict.kind}`}`;
      const group = groups.get(key);
      const entity = entityOf(mailbox, entry);
      if (group) group.push(entity);
      else groups.set(key, [entity]);
    }
  }
  const order = ({ standing }: ErrorGroupEntity) => (standing === 'open' ? 0 : 1);
  return [...groups.values()]
    .map(groupOf)
    .sort((a, b) => order(a) - order(b) || b.messages - a.messages || b.lastAt - a.lastAt);
}

function groupOf(entries: readonly ErrorEntryEntity[]): ErrorGroupEntity {
  const sorted = entries.toSorted((a, b) => b.count - a.count || b.lastAt - a.lastAt);
  const [first] = sorted;
  return {
    code: first!.verdict.code,
    kind: first!.verdict.kind,
    standing: isNote(first!.verdict) ? 'settled' : 'open',
    messages: entries.reduce((sum, { count }) => sum + count, 0),
    mailboxes: new Set(entries.map(({ mailbox }) => mailbox)).size,
    firstAt: entries.reduce((least, { firstAt }) => Math.min(least, firstAt), Number.POSITIVE_INFINITY),
    lastAt: entries.reduce((most, { lastAt }) => Math.max(most, lastAt), 0),
    size: sorted.length,
    entries: sorted.slice(0, ENTRIES),
  };
}

function entityOf(mailbox: string, entry: ErrorEntry): ErrorEntryEntity {
  const { side, command, folder, uids, attempts, times, firstAt, lastAt, sample, verdict, own } = entry;
  return {
    mailbox,
    side,
    command,
    folder: folder === null ? null : sanitise(folder),
    uids: uids.strings(2000)[0] ?? '',
    count: uids.size,
    attempts: Math.max(0, ...attempts.keys()),
    times,
    firstAt,
    lastAt,
    response: sample,
    verdict,
    own: [...own].slice(0, OWN).map(([uid, response]) => ({ uid, response })),
  };
}

import type { ErrorEntry } from '../store/error-entry.js';
import { isNote, isOfNoMessage } from '../store/error-ledger.js';
import type { ErrorEntryEntity, ErrorGroupEntity } from './protocol.js';
import { sanitise } from './responses/sanitise.js';
import { parseFilter } from './triage/filter.js';
import { groupKey, type MailboxErrors, namedIn } from './triage/selection.js';

/** Entries of a group, and own responses of an entry, that are sent. */
const ENTRIES = 500;
const OWN = 100;
const LONGEST_UIDS = 2000;

const HALF_HOUR = 30 * 60_000;
/** Columns of a trend. */
const LONGEST_TREND = 48;

export interface Grouping {
  /** As in a selection; '' lets everything through. */
  readonly filter: string;
  readonly by: 'code' | 'kind';
}

interface Member {
  readonly email: string;
  readonly name: string;
  readonly entry: ErrorEntry;
}

/**
 * The failures of several mailboxes by response code, or by kind where there is none; what is open first, then
 * what was skipped, then notes; most messages first.
 *
 * @throws BadInput  where the filter cannot be read
 */
export function groupErrors(
  ledgers: Iterable<MailboxErrors>,
  { filter, by }: Grouping = { filter: '', by: 'code' },
): ErrorGroupEntity[] {
  const matches = parseFilter(filter);
  const groups = new Map<string, Member[]>();
  for (const { id, email, errors } of ledgers) {
    for (const entry of errors.entries) {
      if (!matches({ ...entry, kind: entry.verdict.kind, mailbox: email, response: entry.sample })) continue;
      const key = groupKey(entry, by);
      const member = { email, name: namedIn(id, entry), entry };
      const group = groups.get(key);
      if (group) group.push(member);
      else groups.set(key, [member]);
    }
  }
  return [...groups]
    .map(([key, members]) => groupOf(key, members))
    .sort((a, b) => ORDER[a.standing] - ORDER[b.standing] || weightOf(b) - weightOf(a) || b.lastAt - a.lastAt);
}

const ORDER = { open: 0, skipped: 1, settled: 2 } as const;

const weightOf = ({ standing, messages, skipped }: ErrorGroupEntity) => (standing === 'skipped' ? skipped : messages);

function groupOf(key: string, members: readonly Member[]): ErrorGroupEntity {
  const sorted = members.toSorted((a, b) => b.entry.uids.size - a.entry.uids.size || b.entry.lastAt - a.entry.lastAt);
  const [{ entry: first }] = sorted as [Member, ...Member[]];
  const sides = new Set(members.map(({ entry }) => entry.side));
  const failures = members.filter(({ entry }) => isOfNoMessage(entry) && !entry.accepted).length;
  const messages = members.reduce((sum, { entry }) => sum + entry.uids.size, 0);
  const lastAt = members.reduce((most, { entry }) => Math.max(most, entry.lastAt), 0);
  return {
    key,
    code: first.code,
    kind: first.verdict.kind,
    standing: isNote(first.verdict) ? 'settled' : messages + failures > 0 ? 'open' : 'skipped',
    side: sides.size === 1 ? first.side : null,
    messages,
    failures,
    skipped: members.reduce((sum, { entry }) => sum + entry.skipped.size + (entry.accepted ? 1 : 0), 0),
    mailboxes: new Set(members.map(({ email }) => email)).size,
    ...trendOf(members, lastAt),
    firstAt: members.reduce((least, { entry }) => Math.min(least, entry.firstAt), Number.POSITIVE_INFINITY),
    lastAt,
    size: sorted.length,
    entries: sorted.slice(0, ENTRIES).map(entityOf),
  };
}

/** How often it happened, up to the half hour in which it did last. */
function trendOf(members: readonly Member[], lastAt: number): Pick<ErrorGroupEntity, 'trend' | 'trendFrom'> {
  const times = new Map<number, number>();
  for (const { entry } of members) for (const [at, count] of entry.when) times.set(at, (times.get(at) ?? 0) + count);
  const last = Math.floor(lastAt / HALF_HOUR);
  const from = Math.max(last - LONGEST_TREND + 1, Math.min(last, ...times.keys()));
  const trend = Array.from({ length: last - from + 1 }, (_, i) => times.get(from + i) ?? 0);
  return { trend, trendFrom: from * HALF_HOUR };
}

function entityOf({ email, name, entry }: Member): ErrorEntryEntity {
  const { side, command, folder, uids, skipped, accepted, attempts, times, firstAt, lastAt, sample, verdict, own } =
    entry;
  const shown = uids.isEmpty ? skipped : uids;
  return {
    id: name,
    mailbox: email,
    side,
    command,
    folder: folder === null ? null : sanitise(folder),
    uids: shown.strings(LONGEST_UIDS)[0] ?? '',
    count: uids.size,
    skipped: skipped.size,
    accepted,
    attempts: Math.max(0, ...attempts.keys()),
    times,
    firstAt,
    lastAt,
    response: sample,
    verdict,
    own: [...own].slice(0, OWN).map(([uid, response]) => ({ uid, response })),
  };
}

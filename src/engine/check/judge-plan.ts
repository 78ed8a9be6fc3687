import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { type Endpoints, endpointKey, endpointOf, userOn } from '../../store/batch/endpoints.js';
import { loginName } from '../../store/batch/login-name.js';
import { SIDES, type Side } from '../../words/side.js';
import { roomIn } from '../imap/commands/quota.js';
import { type Census, sumOfCensus } from './census.js';
import { type Finding, type FindingKind, finding } from './finding.js';

/** Messages below which two mailboxes may well be equal by chance. */
const FEW = 20;
/** Other mailboxes that a finding names. */
const NAMED = 3;
const ONE: Readonly<Record<Side, FindingKind>> = { source: 'one-source', destination: 'one-destination' };

/** Rows of a plan that reach one mailbox, by their logins. */
export function judgeRows(batch: Pick<Batch, 'mailboxes'> & Endpoints): readonly Finding[] {
  return SIDES.flatMap((side) =>
    groupsOf(batch.mailboxes, (row) => reachedBy(batch, side, row)).flatMap((rows) =>
      together(
        ONE[side],
        side,
        rows.map(({ email }) => email),
      ),
    ),
  );
}

/**
 * Rows that go into one mailbox, each of which fits into its quota, and all of which do not.
 *
 * @param alone  what was found about each of them
 */
export function judgeRoomTogether(
  censuses: readonly Census[],
  batch: Pick<Batch, 'mailboxes'> & Endpoints,
  alone: readonly Finding[],
): readonly Finding[] {
  const rows = new Map(batch.mailboxes.map((row) => [row.email, row]));
  const short = new Set(alone.flatMap(({ kind, mailbox }) => (SHORT.has(kind) ? (mailbox ?? []) : [])));
  const together = groupsOf(censuses, ({ mailbox, inboxId }) => {
    const row = rows.get(mailbox);
    return inboxId.destination ?? (row ? reachedBy(batch, 'destination', row) : null);
  });
  return together.flatMap((same) => {
    const [first] = same;
    const storage = first?.quota.destination.storage ?? null;
    if (storage === null || same.some(({ mailbox }) => short.has(mailbox))) return [];
    const sums = same.map(sumOfCensus);
    const bytes = sums.reduce((sum, one) => sum + one.bytes, 0);
    const limit = roomIn(storage);
    if (bytes <= limit) return [];
    const kind = sums.some(({ there }) => there > 0) ? 'quota-may-be-short' : 'quota-too-small';
    return same.map(({ mailbox }) =>
      finding(kind, 'destination', { mailbox, bytes, limit, told: othersOf(same.map(nameOf), mailbox) }),
    );
  });
}

const SHORT: ReadonlySet<FindingKind> = new Set(['quota-too-small', 'quota-may-be-short']);

function reachedBy(batch: Endpoints, side: Side, row: PlanRow): string {
  const { user, authzid } = loginName(endpointOf(batch, side, row), row, userOn(side, row));
  return JSON.stringify([
    endpointKey(side, row),
    user.toLowerCase(),
    authzid?.toLowerCase(),
    side === 'source' ? row.userRoot : null,
  ]);
}

/** Mailboxes that are one by what they hold: by the id of their INBOX, or by equal numbers. */
export function judgeTogether(censuses: readonly Census[]): readonly Finding[] {
  const byId = SIDES.flatMap((side) =>
    groupsOf(censuses, ({ inboxId }) => inboxId[side]).flatMap((same) => together(ONE[side], side, same.map(nameOf))),
  );
  const known = new Set(byId.filter(({ side }) => side === 'source').map(({ mailbox }) => mailbox));
  const others = censuses.filter(({ mailbox }) => !known.has(mailbox));
  const equal = groupsOf(others, (census) => {
    const { messages, bytes, folders } = sumOfCensus(census);
    return messages < FEW ? null : JSON.stringify([messages, bytes, folders]);
  });
  return [...byId, ...equal.flatMap((same) => together('equal-mailboxes', 'source', same.map(nameOf)))];
}

const nameOf = ({ mailbox }: Census) => mailbox;

/** A finding for each of them, which names some of the others. */
function together(kind: FindingKind, side: Side, mailboxes: readonly string[]): readonly Finding[] {
  return mailboxes.map((mailbox) => finding(kind, side, { mailbox, told: othersOf(mailboxes, mailbox) }));
}

/** Names of some of the others, and how many more there are. */
function othersOf(mailboxes: readonly string[], mailbox: string): string {
  const named = mailboxes.filter((other) => other !== mailbox).slice(0, NAMED);
  const more = mailboxes.length - 1 - named.length;
  return [...named, ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

/** Items with a key in common; those without a key belong to none. */
function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string | null): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

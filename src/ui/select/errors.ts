import type { ErrorEntryEntity, ErrorGroupEntity } from '../../protocol/answers.js';
import type { MailboxEntity } from '../../protocol/entities.js';
import { adviceText } from '../../words/advice/advice-text.js';
import type { Side } from '../../words/side.js';
import { keyOf } from '../keys/bindings.js';

/** The field by which failures are grouped. */
export type GroupedBy = 'code' | 'kind';

/** The name of a cause: its response code, or the kind in brackets where the responses have none. */
export function causeName({ code, kind }: Pick<ErrorGroupEntity, 'code' | 'kind'>): string {
  return code ?? `(${kind})`;
}

/**
 * The name of a group: its response code; or the kind in brackets, where responses have no code or groups are by kind.
 */
export function groupName(
  { code, kind, doubled }: Pick<ErrorGroupEntity, 'code' | 'kind' | 'doubled'>,
  by: GroupedBy = 'code',
): string {
  if (by === 'code' && doubled > 0) return '(doubles)';
  return causeName({ code: by === 'kind' ? null : code, kind });
}

/** The sides of a group's entries, in few letters. */
export function sidesOf({ side }: Pick<ErrorGroupEntity, 'side'>): string {
  return side === null ? 'both' : shortSide(side);
}

export function shortSide(side: Side): 'src' | 'dest' {
  return side === 'source' ? 'src' : 'dest';
}

const STANDINGS: Readonly<Record<ErrorGroupEntity['standing'], number>> = { open: 0, skipped: 1, settled: 2 };

/** Open groups first, then groups that operators left out, then notes; otherwise as they came. */
export function byStanding(groups: readonly ErrorGroupEntity[]): readonly ErrorGroupEntity[] {
  return [...groups].sort((a, b) => STANDINGS[a.standing] - STANDINGS[b.standing]);
}

/** The next step for a group, in 21 cells: at 80 columns there is no more room. */
export function todoOf({
  code,
  kind,
  standing,
  doubled,
  entries,
}: Pick<ErrorGroupEntity, 'code' | 'kind' | 'standing' | 'doubled' | 'entries'>): string {
  if (standing === 'settled') return 'noted, nothing to do';
  if (standing === 'skipped') return `left out; ${keyOf('work.undo')} undoes it`;
  if (doubled > 0) return 'nightferry quarantine';
  const [rule = '', ...others] = new Set(entries.map(({ verdict }) => verdict.rule));
  return whatToDo({ rule: others.length === 0 ? rule : '', code, kind });
}

/** The next step for a verdict, in 21 cells at most. */
export function whatToDo({ rule, code, kind }: Pick<ErrorEntryEntity['verdict'], 'rule' | 'code' | 'kind'>): string {
  return TODO_BY_RULE[rule] ?? TODO_BY_CODE[code ?? ''] ?? TODO[kind];
}

const TODO: Readonly<Record<ErrorGroupEntity['kind'], string>> = {
  transient: 'waits by itself',
  throttled: 'waits by itself',
  'mailbox-state': 'waits by itself',
  'server-bug': 'tell the provider',
  corruption: 'have it repaired',
  auth: 'correct the login',
  quota: 'raise quota, retry',
  'message-policy': 'skip, or retry mended',
  missing: 'nothing, it is gone',
  folder: 'see the folder map',
  'client-bug': 'report it to us',
};

/** Next steps by rule, where a rule says more than code and kind and all of a group was read by it. */
const TODO_BY_RULE: Readonly<Record<string, string>> = {
  'no-permission': 'give the rights',
  'no-permission-login': 'give the admin rights',
  'folder-not-permitted': 'give the rights',
  'write-not-permitted': 'give the rights',
  'read-not-permitted': 'give the rights',
  'other-not-permitted': 'give the rights',
  'login-not-permitted': 'give the admin rights',
  'folder-read-only': 'give write access',
  'folder-name': 'map to another name',
  'engine:too-many-names': 'ask the provider',
  'engine:expunged-as-deleted': 'retry without \\Deleted',
};

/** Next steps by code, where a code says more than its kind. */
const TODO_BY_CODE: Readonly<Record<string, string>> = {
  TOOBIG: 'skip, or raise limit',
  LIMIT: 'skip, or raise limit',
  NOPERM: 'give the rights',
  CONTACTADMIN: 'ask the provider',
  EXPIRED: 'renew the password',
};

/**
 * The advice for a group, whole.
 *
 * @param typed  the batch as it is typed after a command
 */
export function adviceOf({ entries }: Pick<ErrorGroupEntity, 'entries'>, typed: string): string {
  return adviceText(entries[0]?.verdict.advice ?? null, typed);
}

/** Messages that open failures of a group keep from being copied: the title sums up what the rows say. */
export function keptBack({ messages, affected }: Pick<ErrorGroupEntity, 'messages' | 'affected'>): number {
  return Math.max(messages, affected);
}

/**
 * Messages of mailboxes that are held by a group and were not tried: its row counts those that were refused.
 *
 * @param mailboxes  of the batch
 */
export function untriedBehind({ key }: ErrorGroupEntity, mailboxes: readonly MailboxEntity[]): number {
  return mailboxes.reduce(
    (sum, { state, cause, counts }) => sum + (state.kind === 'held' && cause?.group === key ? counts.left : 0),
    0,
  );
}

/** The messages of a group in its row: the open ones, else second copies, else in brackets those that were left out. */
export function concernedBy(group: ErrorGroupEntity): { readonly n: number; readonly out: boolean } {
  const { skipped, doubled, standing } = group;
  return standing === 'skipped' ? { n: skipped + doubled, out: true } : { n: keptBack(group) + doubled, out: false };
}

/** The text of an entry, for searching, copying and saving. */
export function entryText(entry: ErrorEntryEntity): string {
  const {
    mailbox,
    side,
    command,
    folder,
    uids,
    destinationUids,
    count,
    attempts,
    times,
    firstAt,
    lastAt,
    response,
    verdict,
  } = entry;
  const iso = (at: number) => new Date(at).toISOString();
  return [
    mailbox,
    side,
    command,
    folder ?? '-',
    `${count} messages${uids === '' ? '' : ` UIDs ${uids}`}${destinationUids === '' ? '' : ` destination UIDs ${destinationUids}`}`,
    `attempts ${attempts}, times ${times}`,
    `${iso(firstAt)} to ${iso(lastAt)}`,
    verdict.code ?? verdict.kind,
    response,
  ].join('\t');
}

/** The open failures over all groups. */
export interface ErrorSum {
  readonly messages: number;
  readonly failures: number;
  /** Mailboxes, each counted once. */
  readonly mailboxes: number;
  /** `at least`: not all entries were sent, so a mailbox may be missing. */
  readonly counted: 'all' | 'at least';
}

export function sumGroups(groups: readonly ErrorGroupEntity[]): ErrorSum {
  const open = groups.filter(({ standing }) => standing === 'open');
  const mailboxes = new Set(open.flatMap(({ entries }) => entries.map(({ mailbox }) => mailbox)));
  return {
    messages: open.reduce((sum, group) => sum + keptBack(group), 0),
    failures: open.reduce((sum, { failures }) => sum + failures, 0),
    mailboxes: Math.max(mailboxes.size, ...open.map((group) => group.mailboxes)),
    counted: open.every(({ entries, size }) => entries.length >= size) ? 'all' : 'at least',
  };
}

/** The share of a mailbox in a group: how many messages, and in which folders. */
export interface MailboxShare {
  readonly mailbox: string;
  readonly count: number;
  /** Messages of folders that failed as a whole. */
  readonly affected: number;
  /** Second copies. */
  readonly doubled: number;
  /** Messages that were left out by a decision. */
  readonly skipped: number;
  /** Folders, those with most messages first; null: a failure before any folder. */
  readonly folders: readonly { readonly folder: string | null; readonly count: number }[];
}

/** The share of each mailbox in a group, the largest first. */
export function sharesOf(entries: readonly ErrorEntryEntity[]): readonly MailboxShare[] {
  const byMailbox = new Map<string, ErrorEntryEntity[]>();
  for (const entry of entries) {
    const own = byMailbox.get(entry.mailbox);
    if (own) own.push(entry);
    else byMailbox.set(entry.mailbox, [entry]);
  }
  return [...byMailbox]
    .map(([mailbox, own]) => shareOf(mailbox, own))
    .sort((a, b) => b.count - a.count || b.doubled - a.doubled);
}

function shareOf(mailbox: string, entries: readonly ErrorEntryEntity[]): MailboxShare {
  const folders = new Map<string | null, number>();
  const whole = new Map<string | null, number>();
  for (const { folder, count, affected } of entries) {
    folders.set(folder, (folders.get(folder) ?? 0) + count);
    if (count === 0) whole.set(folder, Math.max(whole.get(folder) ?? 0, affected));
  }
  return {
    mailbox,
    count: entries.reduce((sum, { count }) => sum + count, 0),
    affected: [...whole.values()].reduce((sum, one) => sum + one, 0),
    doubled: entries.reduce((sum, { doubled }) => sum + doubled, 0),
    skipped: entries.reduce((sum, { skipped }) => sum + skipped, 0),
    folders: [...folders].map(([folder, count]) => ({ folder, count })).sort((a, b) => b.count - a.count),
  };
}

/** The response to one message: its own where it is known, else another one of the same cause. */
export function responseTo({ own, response }: ErrorEntryEntity, uid: number): string {
  return own.find((one) => one.uid === uid)?.response ?? response;
}

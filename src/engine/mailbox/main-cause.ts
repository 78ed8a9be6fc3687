import type { MailboxCause } from '../../protocol/cause.js';
import type { MailboxState } from '../../protocol/entities.js';
import { type ErrorEntry, isNote, isOfNoMessage } from '../../store/errors/error-entry.js';
import type { Trouble } from '../../store/errors/trouble.js';
import type { Reason } from '../../words/reason.js';
import { groupKey } from '../decisions/selection.js';
import { sanitise } from '../responses/sanitise.js';

const LONGEST_TEXT = 200;

/** The failures of a mailbox, as its files and its run know them. */
export interface FailuresOf {
  readonly state: MailboxState;
  /** Null while the mailbox goes on. */
  readonly trouble: Trouble | null;
  readonly entries: readonly ErrorEntry[];
  /** Messages of a source folder that are still to be settled. */
  readonly leftIn: (folder: string) => number;
}

/**
 * The failure that a mailbox is listed under: the trouble that keeps it up, else the open failure that concerns most
 * messages. Null: nothing failed, or what holds it was met by another mailbox.
 */
export function mainCause({ state, trouble, entries, leftIn }: FailuresOf): MailboxCause | null {
  if (state.kind === 'held' || state.kind === 'backing-off')
    return trouble !== null && saysTheSame(state, trouble) ? causeOfTrouble(trouble) : null;
  let main: { readonly entry: ErrorEntry; readonly messages: number } | null = null;
  for (const entry of entries) {
    if (!isOpen(entry)) continue;
    const messages = concerned(entry, leftIn);
    if (main === null || messages > main.messages) main = { entry, messages };
  }
  return main && causeOfEntry(main.entry, main.messages);
}

/** Messages that are left in folders all open failures of which an operator accepted. */
export function acceptedIn(entries: readonly ErrorEntry[], leftIn: (folder: string) => number): number {
  const accepted = new Set<string>();
  const open = new Set<string>();
  for (const entry of entries) {
    if (entry.folder === null || entry.doubles !== null || isNote(entry.verdict) || !isOfNoMessage(entry)) continue;
    (entry.accepted ? accepted : open).add(entry.folder);
  }
  let messages = 0;
  for (const folder of accepted) if (!open.has(folder)) messages += leftIn(folder);
  return messages;
}

/**
 * Whether the hold is due to the trouble. A full disk or a shared login may hold a mailbox that met other trouble
 * before.
 */
export function saysTheSame({ because }: { readonly because: Reason }, { side, response }: Trouble): boolean {
  return because.key === 'response' && because.side === side && because.response === sanitise(response);
}

function isOpen(entry: ErrorEntry): boolean {
  if (isNote(entry.verdict)) return false;
  return !entry.uids.isEmpty || (isOfNoMessage(entry) && !entry.accepted);
}

/** Messages that an open failure keeps from being copied, or second copies. */
export function concerned({ uids, doubles, folder }: ErrorEntry, leftIn: (folder: string) => number): number {
  if (doubles) return doubles.byDestination.size;
  if (!uids.isEmpty) return uids.size;
  return folder === null ? 0 : leftIn(folder);
}

function causeOfTrouble({ side, response, verdict, firstAt }: Trouble): MailboxCause {
  const group = groupKey({ code: verdict.code, verdict, doubles: null });
  return { group, ...readAs(verdict), side, text: short(response), of: 'messages', messages: 0, since: firstAt };
}

function causeOfEntry(entry: ErrorEntry, messages: number): MailboxCause {
  const { side, code, verdict, sample, firstAt, doubles } = entry;
  const of = doubles ? 'second copies' : 'messages';
  return {
    group: groupKey(entry),
    ...readAs({ ...verdict, code }),
    side,
    text: short(sample),
    of,
    messages,
    since: firstAt,
  };
}

function readAs({ code, kind, rule }: Pick<Trouble['verdict'], 'code' | 'kind' | 'rule'>) {
  return { code, kind, rule };
}

const short = (response: string) => sanitise(response, LONGEST_TEXT);

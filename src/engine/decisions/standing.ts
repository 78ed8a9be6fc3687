import type { Decision } from '../../store/decisions/decisions-document.js';
import { nothingTreated } from '../../store/ledger/treated.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { Treatment } from '../../words/decision.js';
import { placesOf, uidsOf } from './decision-parts.js';

/** Orders that decisions make for one source folder. Source UIDs throughout. */
export interface FolderOrders {
  /** Left out, by decision. */
  readonly skips: readonly FolderSkip[];
  /** To be tried, though they failed in this run. */
  readonly again: UidSet;
  /** Not to be tried yet. */
  readonly rest: UidSet;
  /** How they are sent, where it is not as they are. */
  readonly treatments: Readonly<Record<Exclude<Treatment, 'as-is'>, UidSet>>;
}

export interface FolderSkip {
  readonly decision: number;
  readonly why: string;
  readonly uids: UidSet;
}

/**
 * The orders that count for one folder: of two decisions about the same UID the later one counts.
 *
 * @param decisions  oldest first
 * @param mailbox    id
 * @param uidValidity  of the source folder as it is known; a decision under another one is void
 * @param now        milliseconds since the epoch
 */
export function folderOrders(
  decisions: readonly Decision[],
  mailbox: string,
  folder: string,
  uidValidity: string | null,
  now: number,
): FolderOrders {
  const orders: Gathered = { skips: [], again: new UidSet(), rest: new UidSet(), treatments: nothingTreated() };
  for (const decision of decisions) {
    for (const at of placesOf(decision, mailbox)) {
      const part = decision.scope[at];
      if (part?.folder !== folder || part.uids === '' || part.state === 'undone') continue;
      if (part.uidValidity !== null && uidValidity !== null && part.uidValidity !== uidValidity) continue;
      gather(orders, decision, at, now);
    }
  }
  return orders;
}

type Gathered = FolderOrders & { readonly skips: FolderSkip[] };

/** Adds the order about one part to those before it, which it outweighs. @param at  which part of its scope */
function gather(orders: Gathered, { id, action, scope }: Decision, at: number, now: number): void {
  const part = scope[at];
  if (part === undefined) return;
  const uids = uidsOf(part);
  const isOpen = part.state !== 'done';
  switch (action.do) {
    case 'skip':
      orders.skips.push({ decision: id, why: action.why, uids });
      break;
    case 'retry':
      // A message that was sent repaired is to be known again as ours, also when all is done.
      treat(orders, uids, action.treatment);
      if (isOpen) retry(orders, uids, action.notBefore <= now ? 'now' : 'later');
      break;
    case 'try-first': {
      const first = firstOf(action, at);
      if (action.outcome === 'passed') {
        treat(orders, uids, action.treatment);
        if (isOpen) retry(orders, uids, 'now');
      } else {
        treat(orders, first, action.treatment);
        if (!isOpen) break;
        retry(orders, uids.minus(first), 'later');
        retry(orders, first, 'now');
      }
      break;
    }
    case 'backoff':
      if (action.until > now) retry(orders, uids, 'later');
      break;
    case 'quarantine':
    case 'give-up':
    case 'release':
    case 'undo':
      break;
  }
}

function treat({ treatments }: Gathered, uids: UidSet, treatment: Treatment): void {
  for (const set of Object.values(treatments)) set.deleteAll(uids);
  if (treatment !== 'as-is') treatments[treatment].addAll(uids);
}

function retry({ again, rest }: Gathered, uids: UidSet, when: 'now' | 'later'): void {
  const [into, outOf] = when === 'now' ? [again, rest] : [rest, again];
  into.addAll(uids);
  outOf.deleteAll(uids);
}

/** The UIDs of a part that are tried before the others. */
export function firstOf(action: Extract<Decision['action'], { do: 'try-first' }>, part: number): UidSet {
  return UidSet.parse(action.first.find((one) => one.part === part)?.uids ?? '');
}

/**
 * When a mailbox has to be started because of a decision, in milliseconds since the epoch; null: nothing waits.
 * The result may lie in the past.
 */
export function dueAt(decisions: readonly Decision[], mailbox: string): number | null {
  let due: number | null = null;
  for (const decision of decisions) {
    const { action, scope } = decision;
    const at = startOf(action);
    if (at === null || (due !== null && at >= due)) continue;
    const waits = (i: number) =>
      scope[i]?.state === 'waiting' &&
      !(action.do === 'try-first' && action.outcome === 'open' && firstOf(action, i).isEmpty);
    if (placesOf(decision, mailbox).some(waits)) due = at;
  }
  return due;
}

function startOf(action: Decision['action']): number | null {
  if (action.do === 'retry') return action.notBefore;
  return action.do === 'try-first' && action.outcome !== 'failed' ? 0 : null;
}

/** How many times longer a mailbox rests than it would: what operators raised it by, taken together. */
export function restFactor(decisions: readonly Decision[], mailbox: string): number {
  let factor = 1;
  for (const decision of decisions) {
    const { action, scope } = decision;
    if (action.do !== 'backoff' || action.factor === null) continue;
    if (placesOf(decision, mailbox).some((i) => scope[i]?.state !== 'undone')) factor *= action.factor;
  }
  return factor;
}

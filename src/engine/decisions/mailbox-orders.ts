import type { Decision, DecisionPart } from '../../store/decisions/decisions-document.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { placesOf, uidsOf, withParts } from './decision-parts.js';
import { type FolderOrders, firstOf, folderOrders } from './standing.js';

/** Decisions as a mailbox at work asks for them, and its reports on them. Folders are those of the source. */
export interface PassOrders {
  /**
   * A folder is about to be prepared: what stands for it now. From here on a decision can no longer be undone in
   * it. `fresh` are those that are to be tried though they failed in this run, told once for each decision.
   */
  begin(folder: string, uidValidity: string | null): FolderOrders & { readonly fresh: UidSet };
  /**
   * Everything that was sent of the folder is answered, read back and saved.
   *
   * @param failed  open failures in it now
   */
  answered(folder: string, failed: UidSet): void;
  /**
   * The folder was broken off before that, and will be taken up again.
   *
   * @param refused  messages that were refused since the last report
   */
  brokenOff(folder: string, refused: UidSet): void;
}

export interface MailboxOrdersParts {
  /** Id. */
  readonly mailbox: string;
  readonly decisions: () => readonly Decision[];
  readonly replace: (decision: Decision) => void;
  readonly now: () => number;
  /** The first few of a trial were answered in this mailbox: `refused` stand open again. */
  readonly onTried: (decision: number, refused: UidSet) => void;
}

/** The decisions about one mailbox, and how far the mailbox has followed them. */
export class MailboxOrders implements PassOrders {
  readonly #told = new Map<string, UidSet>();
  /** Parts that were due when the attempt began, and met no folder yet. */
  #unmet = new Set<string>();

  constructor(private readonly parts: MailboxOrdersParts) {}

  /** An attempt begins: with that a failure of no message is tried again. */
  attempt(): void {
    const now = this.parts.now();
    this.#unmet = new Set();
    this.#mark(
      () => true,
      (part, decision, i) => {
        if (!isDue(part, decision, i, now)) return part.state;
        if (part.uids === '') return 'done';
        this.#unmet.add(nameOf(decision, i));
        return part.state;
      },
    );
  }

  /**
   * The attempt went through all folders: what was due and met none of them cannot be tried, and what met one is
   * answered, or its folder was refused.
   */
  synced(): void {
    this.#mark(
      () => true,
      (part, decision, i) => {
        const isUnmet = part.state === 'waiting' && this.#unmet.has(nameOf(decision, i));
        const isAnswered = part.state === 'taken' && !isOpenTrial(decision);
        return isUnmet || isAnswered ? 'done' : part.state;
      },
    );
  }

  begin(folder: string, uidValidity: string | null): FolderOrders & { readonly fresh: UidSet } {
    const { mailbox, decisions, now } = this.parts;
    const at = now();
    const orders = folderOrders(decisions(), mailbox, folder, uidValidity, at);
    const told = this.#told.get(folder) ?? new UidSet();
    const fresh = orders.again.minus(told);
    this.#told.set(folder, told.union(fresh));
    this.#mark(
      (part) => this.#isOf(part, folder),
      (part, decision, i) => {
        if (!isDue(part, decision, i, at)) return part.state;
        this.#unmet.delete(nameOf(decision, i));
        return 'taken';
      },
    );
    return { ...orders, fresh };
  }

  answered(folder: string, failed: UidSet): void {
    const trials = this.#trialsIn(folder, failed);
    // Another decision may repeat an order that the mailbox knows already.
    this.#told.delete(folder);
    this.#mark(
      (part) => this.#isOf(part, folder),
      (part, decision) => (part.state === 'taken' && !isOpenTrial(decision) ? 'done' : part.state),
    );
    for (const [id, refused] of trials) this.parts.onTried(id, refused);
  }

  /** A row of refusals that holds a mailbox also answers a trial. */
  brokenOff(folder: string, refused: UidSet): void {
    for (const [id, ofTheFirst] of this.#trialsIn(folder, refused))
      if (!ofTheFirst.isEmpty) this.parts.onTried(id, ofTheFirst);
  }

  /** Trials the first few of which are tried in a folder, and which of these are among some UIDs. */
  #trialsIn(folder: string, uids: UidSet): (readonly [decision: number, ofTheFirst: UidSet])[] {
    const trials: (readonly [number, UidSet])[] = [];
    for (const decision of this.parts.decisions()) {
      const { id, action, scope } = decision;
      if (action.do !== 'try-first' || action.outcome !== 'open') continue;
      for (const i of placesOf(decision, this.parts.mailbox)) {
        const part = scope[i];
        if (part?.state === 'taken' && this.#isOf(part, folder)) trials.push([id, firstOf(action, i).intersect(uids)]);
      }
    }
    return trials;
  }

  #isOf(part: DecisionPart, folder: string): boolean {
    return part.folder === folder && part.uids !== '';
  }

  /** Gives the parts of this mailbox their state. */
  #mark(
    which: (part: DecisionPart) => boolean,
    stateOf: (part: DecisionPart, decision: Decision, i: number) => DecisionPart['state'],
  ): void {
    for (const decision of this.parts.decisions()) {
      if (decision.action.do !== 'retry' && decision.action.do !== 'try-first') continue;
      const changed = new Map<number, DecisionPart>();
      for (const i of placesOf(decision, this.parts.mailbox)) {
        const part = decision.scope[i];
        if (!part || !which(part)) continue;
        const state = stateOf(part, decision, i);
        if (state !== part.state) changed.set(i, { ...part, state });
      }
      if (changed.size > 0) this.parts.replace(withParts(decision, changed));
    }
  }
}

const nameOf = ({ id }: Decision, part: number) => `${id}/${part}`;
const isOpenTrial = ({ action }: Decision) => action.do === 'try-first' && action.outcome === 'open';

/** Whether a part is tried with the pass that begins now. */
function isDue(part: DecisionPart, { action }: Decision, i: number, now: number): boolean {
  if (part.state !== 'waiting') return false;
  if (action.do === 'retry') return action.notBefore <= now;
  if (action.do !== 'try-first') return false;
  return action.outcome === 'passed' || (action.outcome === 'open' && !firstOf(action, i).isEmpty);
}

/**
 * A trial, after the first few were answered somewhere: passed when none of them is open any more, failed as
 * soon as one of those that were tried is.
 *
 * @param refused  of the mailbox and folder that was answered just now
 * @param open     whether some UIDs still stand open in the error ledger of their mailbox
 * @returns the decision as it goes on, or null where the others of the first few are still to be tried
 */
export function judgeTrial(
  decision: Decision,
  refused: UidSet,
  open: (part: DecisionPart, uids: UidSet) => boolean,
): Decision | null {
  const { action, scope } = decision;
  if (action.do !== 'try-first' || action.outcome !== 'open') return null;
  if (!refused.isEmpty) return ended(decision, action, 'failed');
  const waits = scope.some((part, i) => {
    const first = firstOf(action, i);
    return part.state !== 'undone' && !first.isEmpty && (part.state === 'waiting' || open(part, first));
  });
  return waits ? null : ended(decision, action, 'passed');
}

function ended(
  decision: Decision,
  action: Extract<Decision['action'], { do: 'try-first' }>,
  outcome: 'passed' | 'failed',
): Decision {
  const scope = decision.scope.map((part, i): DecisionPart => {
    if (part.state === 'undone' || part.state === 'done') return part;
    const rest = uidsOf(part).minus(firstOf(action, i));
    return { ...part, state: outcome === 'passed' && !rest.isEmpty ? 'waiting' : 'done' };
  });
  return { ...decision, action: { ...action, outcome }, scope };
}

import type { DecisionPreview, ScopeSample } from '../../protocol/answers.js';
import type { DecidedAction, Decision, DecisionPart } from '../../store/decisions/decisions-document.js';
import { entryId } from '../../store/errors/error-ledger.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { BadInput } from '../../words/bad-input.js';
import type { ActionRequest, Selection } from '../../words/decision.js';
import { mailboxesOf, uidsOf } from '../decisions/decision-parts.js';
import { parseFilter } from '../decisions/filter.js';
import type { Selected } from '../decisions/selection.js';
import { LONGEST_REST } from '../responses/pace.js';
import { sanitise } from '../responses/sanitise.js';
import { aboutOf } from './about.js';
import type { MailboxStanding } from './mailbox-standing.js';
import { waitingBehind, wholeMailboxes } from './waiting-behind.js';
import { FLOOR_SECONDS, warningsOf } from './warnings.js';

/** An order, thought through: what would be shown, and what would be decided. */
export interface Weighed {
  readonly preview: Omit<DecisionPreview, 'id'>;
  readonly decision: Omit<Decision, 'id' | 'at' | 'by'>;
}

const SAMPLES = 10;
const LONGEST_SAMPLE = 200;

/**
 * Says what an order about a selection would do.
 *
 * @param standings  of all mailboxes of the batch
 * @param now        milliseconds since the epoch
 * @throws BadInput  where the order cannot be meant so
 */
export function weigh(
  selected: readonly Selected[],
  action: ActionRequest,
  selection: Selection,
  standings: readonly MailboxStanding[],
  now: number,
): Weighed {
  check(action);
  const scope = action.do === 'release' ? heldIn(selected, selection, standings) : scopeOf(selected, action, standings);
  const emails = new Map(standings.map(({ id, email }) => [id, email]));
  const inScope = mailboxesOf(scope);
  const uids = scope.reduce((sum, part) => sum + uidsOf(part).size, 0);
  const decided = decidedOf(action, scope, now);
  const about = aboutOf(selected);
  const starts = action.do !== 'skip' && action.do !== 'backoff';
  const first = decided.do === 'try-first' ? decided.first : [];
  const sampleOf = (at: number, of: UidSet): ScopeSample => {
    const part = scope[at]!;
    const [text = ''] = of.strings(LONGEST_SAMPLE);
    const folder = part.folder === null ? null : sanitise(part.folder);
    return { mailbox: emails.get(part.mailbox) ?? part.mailbox, folder, uids: text, count: of.size };
  };
  return {
    preview: {
      action,
      about,
      uids,
      failures: scope.filter((part) => part.uids === '').length,
      mailboxes: inScope.size,
      folders: new Set(scope.flatMap(({ mailbox, folder }) => (folder === null ? [] : [`${mailbox}/${folder}`]))).size,
      ...waitingBehind(scope, action, standings),
      ...wholeMailboxes(scope, standings),
      first: first.map(({ part, uids: of }) => sampleOf(part, UidSet.parse(of))),
      firstCount: first.reduce((sum, one) => sum + UidSet.parse(one.uids).size, 0),
      samples: scope.slice(0, SAMPLES).map((part, at) => sampleOf(at, uidsOf(part))),
      releases: starts
        ? standings.filter(({ id, held }) => held !== null && inScope.has(id)).map(({ email }) => email)
        : [],
      warnings: warningsOf(selected, action, standings, now),
    },
    decision: { about, action: decided, scope },
  };
}

function check(action: ActionRequest): void {
  const whole = (value: number) => Number.isSafeInteger(value) && value >= 0;
  switch (action.do) {
    case 'retry':
      if (!whole(action.afterSeconds) || action.afterSeconds * 1000 > LONGEST_REST)
        throw new BadInput('retry: after 0 seconds to 24 hours');
      return;
    case 'try-first':
      if (!whole(action.first) || action.first < 1 || action.first > 1000)
        throw new BadInput('try first: 1 to 1,000 messages');
      return;
    case 'skip':
      if (action.why.trim() === '') throw new BadInput('skip: say why; it stands beside what was left out');
      return;
    case 'backoff': {
      const { factor, seconds } = action;
      if ((factor === null) === (seconds === null)) throw new BadInput('backoff: a factor or a time, one of the two');
      if (factor !== null && !(factor > 1 && factor <= 100)) throw new BadInput('backoff: a factor over 1, up to 100');
      if (seconds !== null && (!whole(seconds) || seconds < FLOOR_SECONDS || seconds * 1000 > LONGEST_REST))
        throw new BadInput('backoff: 5 minutes to 24 hours');
      return;
    }
    case 'release':
      return;
  }
}

/** Mailboxes that are held: those of the selected failures, and those that the selection names without an open entry. */
function heldIn(
  selected: readonly Selected[],
  selection: Selection,
  standings: readonly MailboxStanding[],
): DecisionPart[] {
  const matches = parseFilter(selection.filter);
  const narrowed = selection.groups !== null || selection.entries !== null || selection.uids !== null;
  const unnamed = { side: 'source', command: '', folder: null, code: null, kind: 'client-bug', rule: '' } as const;
  const isMeant = ({ id, email, held }: MailboxStanding) =>
    held !== null &&
    (selected.some(({ mailbox }) => mailbox === id) ||
      (!narrowed && matches({ ...unnamed, mailbox: email, response: held })));
  return standings
    .filter(isMeant)
    .map(({ id }) => ({ mailbox: id, folder: null, uidValidity: null, uids: '', entry: null, state: 'waiting' }));
}

function scopeOf(
  selected: readonly Selected[],
  action: ActionRequest,
  standings: readonly MailboxStanding[],
): DecisionPart[] {
  const known = new Map(standings.map((one) => [one.id, one]));
  const uidValidityOf = (mailbox: string, folder: string) => known.get(mailbox)?.uidValidity(folder) ?? null;
  const byFolder = new Map<string, { mailbox: string; folder: string; uids: UidSet }>();
  const parts: DecisionPart[] = [];
  for (const { mailbox, entry, uids } of selected) {
    if (uids.isEmpty) {
      if (action.do === 'try-first') continue;
      parts.push({
        mailbox,
        folder: entry.folder,
        uidValidity: null,
        uids: '',
        entry: entryId(entry),
        state: 'waiting',
      });
      continue;
    }
    if (entry.folder === null) continue;
    const key = JSON.stringify([mailbox, entry.folder]);
    const sibling = byFolder.get(key);
    if (sibling) sibling.uids.addAll(uids);
    else byFolder.set(key, { mailbox, folder: entry.folder, uids: uids.clone() });
  }
  const ofMessages = [...byFolder.values()].map(
    ({ mailbox, folder, uids }): DecisionPart => ({
      mailbox,
      folder,
      uidValidity: uidValidityOf(mailbox, folder),
      uids: uids.toString(),
      entry: null,
      state: 'waiting',
    }),
  );
  return [...ofMessages, ...parts];
}

function decidedOf(action: ActionRequest, scope: readonly DecisionPart[], now: number): DecidedAction {
  switch (action.do) {
    case 'retry':
      return {
        do: 'retry',
        notBefore: action.afterSeconds === 0 ? 0 : now + action.afterSeconds * 1000,
        treatment: action.treatment,
      };
    case 'try-first':
      return {
        do: 'try-first',
        treatment: action.treatment,
        first: firstFew(scope, action.first),
        outcome: 'open',
      };
    case 'skip':
      return { do: 'skip', why: action.why.trim() };
    case 'backoff': {
      const seconds = action.seconds ?? FLOOR_SECONDS * (action.factor ?? 1);
      return { do: 'backoff', factor: action.factor, until: now + Math.min(LONGEST_REST, Math.ceil(seconds * 1000)) };
    }
    case 'release':
      return { do: 'release' };
  }
}

/**
 * So many UIDs, from as many mailboxes as there are, and in each of them from as many folders: a quota is that of
 * one mailbox, and one cause may look different elsewhere.
 */
function firstFew(scope: readonly DecisionPart[], most: number): { part: number; uids: string }[] {
  const chosen = scope.map(() => new UidSet());
  const turns = new Map<string, { at: number; left: Iterator<number> }[]>();
  for (const [at, part] of scope.entries()) {
    const places = turns.get(part.mailbox) ?? [];
    places.push({ at, left: uidsOf(part)[Symbol.iterator]() });
    turns.set(part.mailbox, places);
  }
  for (let taken = 0; turns.size > 0 && taken < most; ) {
    for (const [mailbox, places] of turns) {
      if (taken === most) break;
      if (takeOne(places, chosen)) taken++;
      else turns.delete(mailbox);
    }
  }
  return chosen.flatMap((uids, part) => (uids.isEmpty ? [] : [{ part, uids: uids.toString() }]));
}

/** Of the first place that has one; it is the last one's turn then. @returns whether any had one */
function takeOne(places: { at: number; left: Iterator<number> }[], chosen: readonly UidSet[]): boolean {
  for (let place = places.shift(); place; place = places.shift()) {
    const next = place.left.next();
    if (next.done) continue;
    chosen[place.at]!.add(next.value);
    places.push(place);
    return true;
  }
  return false;
}

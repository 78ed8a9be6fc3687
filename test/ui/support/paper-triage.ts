import { parseFilter } from '../../../src/engine/decisions/filter.js';
import type {
  DecisionEntity,
  DecisionPreview,
  ErrorEntryEntity,
  ErrorGroupEntity,
  ScopeSample,
} from '../../../src/protocol/answers.js';
import type { EngineAnswer, EngineCommand } from '../../../src/protocol/commands.js';
import type { Instant, MailboxEntity } from '../../../src/protocol/entities.js';
import { BadInput } from '../../../src/words/bad-input.js';
import type { Correction } from '../../../src/words/correction.js';
import type { DecidedAction, DecisionStanding } from '../../../src/words/decided.js';
import { standingText } from '../../../src/words/decided-text.js';
import type { ActionRequest, Selection } from '../../../src/words/decision.js';

const NEW: DecisionStanding = { places: 2, undone: 0, done: 0, failedAgain: 0, first: null };

function decidedAction(action: ActionRequest): DecidedAction {
  switch (action.do) {
    case 'retry':
      return { do: 'retry', notBefore: 0, treatment: action.treatment };
    case 'backoff':
      return { do: 'backoff', factor: action.factor, until: 0 };
    default:
      return action;
  }
}

/** The selection of a preview, as it was when it was asked for. */
interface Kept {
  readonly preview: DecisionPreview;
  readonly selected: readonly Selected[];
}

interface Selected {
  readonly entry: ErrorEntryEntity;
  readonly uids: readonly number[];
}

/** Previews, decisions and corrections over groups of errors that a test made up; skips change the groups. */
export class PaperTriage {
  readonly decisions: DecisionEntity[] = [];
  readonly corrections: Correction[] = [];
  /** The selection of each decision, by its id. */
  readonly decided = new Map<number, Kept>();
  readonly #previews = new Map<string, Kept>();
  #skipped = new Set<string>();

  constructor(
    private readonly groups: () => readonly ErrorGroupEntity[],
    private readonly mailboxes: () => readonly MailboxEntity[],
    private readonly now: () => Instant,
  ) {}

  /** @returns null for a command that is about something else */
  answer(command: EngineCommand): EngineAnswer | null {
    try {
      return this.#answer(command);
    } catch (error) {
      if (error instanceof BadInput) return { ok: false, why: error.message };
      throw error;
    }
  }

  #answer(command: EngineCommand): EngineAnswer | null {
    switch (command.do) {
      case 'errors':
        return { ok: true, errors: this.#errors(command.filter ?? '', command.by ?? 'code') };
      case 'preview':
        return { ok: true, preview: this.#preview(command.action, command.selection) };
      case 'decide':
        return this.#decide(command.preview, command.by);
      case 'undo':
        return this.#undo(command.decision);
      case 'decisions':
        return { ok: true, decisions: this.decisions.toReversed(), corrections: this.corrections };
      case 'correct':
        return this.#correct(command);
      case 'uncorrect': {
        const at = this.corrections.findIndex(({ id }) => id === command.id);
        if (at < 0) return { ok: false, why: `there is no correction ${command.id}` };
        this.corrections.splice(at, 1);
        return { ok: true, corrections: this.corrections };
      }
      case 'export': {
        const rows = this.#select(command.selection).reduce((sum, { uids }) => sum + Math.max(1, uids.length), 0);
        return { ok: true, saved: { path: command.path, bytes: rows * 100, rows } };
      }
      default:
        return null;
    }
  }

  #errors(filter: string, by: 'code' | 'kind'): readonly ErrorGroupEntity[] {
    const passes = parseFilter(filter);
    const groups = this.groups().flatMap((group) => {
      const entries = group.entries.filter((entry) => passes(factsOf(entry))).map((entry) => this.#standing(entry));
      return entries.length > 0 ? [recounted(group, entries)] : [];
    });
    if (by === 'code') return groups;
    const kinds = new Map<string, ErrorGroupEntity>();
    for (const group of groups) {
      const key = `kind ${group.kind}`;
      const sibling = kinds.get(key);
      kinds.set(key, recounted({ ...group, key }, [...(sibling?.entries ?? []), ...group.entries]));
    }
    return [...kinds.values()];
  }

  #standing(entry: ErrorEntryEntity): ErrorEntryEntity {
    const all = listed(entry.uids);
    const open = all.filter((uid) => !this.#skipped.has(`${entry.id} ${uid}`));
    const { length: count } = open;
    return count === all.length ? entry : { ...entry, count, affected: count, skipped: all.length - count };
  }

  #select({ filter, groups, entries, uids }: Selection): readonly Selected[] {
    const passes = parseFilter(filter);
    const only = uids === null ? null : new Set(listed(uids));
    return this.groups()
      .filter(({ standing }) => standing === 'open')
      .filter(({ key, kind }) => groups === null || groups.includes(key) || groups.includes(`kind ${kind}`))
      .flatMap((group) => group.entries)
      .filter((entry) => (entries === null || entries.includes(entry.id)) && passes(factsOf(entry)))
      .map((entry) => ({
        entry,
        uids: listed(entry.uids).filter(
          (uid) => (only === null || only.has(uid)) && !this.#skipped.has(`${entry.id} ${uid}`),
        ),
      }))
      .filter(({ entry, uids: open }) => open.length > 0 || (entry.uids === '' && only === null));
  }

  #preview(action: ActionRequest, selection: Selection): DecisionPreview {
    if (action.do === 'skip' && action.why.trim() === '') throw new BadInput('skip: say why');
    if (action.do === 'retry' && action.afterSeconds > 86_400) throw new BadInput('retry: after 0 seconds to 24 hours');
    const selected = this.#select(selection);
    const emails = new Set(selected.map(({ entry }) => entry.mailbox));
    const held = this.mailboxes().filter(({ email, state }) => emails.has(email) && state.kind === 'held');
    const codes = new Set(selected.map(({ entry }) => entry.verdict.code ?? `(${entry.verdict.kind})`));
    const first = action.do === 'try-first' ? selected.slice(0, 1).map((one) => sampleOf(one, action.first)) : [];
    const ofHolds = action.do === 'release';
    const preview: DecisionPreview = {
      id: `p${this.#previews.size + 1}`,
      action,
      about: [...codes].join(' and '),
      uids: ofHolds ? 0 : selected.reduce((sum, { uids }) => sum + uids.length, 0),
      failures: ofHolds ? held.length : selected.filter(({ uids }) => uids.length === 0).length,
      mailboxes: ofHolds ? held.length : emails.size,
      folders: new Set(selected.map(({ entry }) => `${entry.mailbox}/${entry.folder}`)).size,
      behind: held.reduce((sum, { counts }) => sum + counts.left, 0),
      onlyWhole: selected.every(({ entry }) => entry.uids === '' && entry.folder === null)
        ? held.map(({ id }) => id)
        : [],
      unseen: held.filter(({ counts }) => counts.total === 0).length,
      first,
      firstCount: first.reduce((sum, { count }) => sum + count, 0),
      samples: selected.slice(0, 10).map((one) => sampleOf(one)),
      releases: action.do === 'skip' || action.do === 'backoff' ? [] : held.map(({ email }) => email),
      warnings: 'treatment' in action && action.treatment === 'repaired' ? ['Their bytes are changed.'] : [],
    };
    this.#previews.set(preview.id, { preview, selected });
    return preview;
  }

  #decide(preview: string, by: string): EngineAnswer {
    const kept = this.#previews.get(preview);
    if (!kept) return { ok: false, why: 'this was decided already, or is too old: look again' };
    const { action, uids, mailboxes, about } = kept.preview;
    const id = this.decisions.length + 1;
    const decision: DecisionEntity = {
      id,
      at: this.now(),
      by,
      action: decidedAction(action),
      about,
      uids,
      failures: 0,
      mailboxes,
      standing: { ...NEW, first: action.do === 'try-first' ? 'open' : null },
      outcome: 'stands',
      undoable: action.do !== 'release',
    };
    this.decisions.push(decision);
    this.decided.set(id, kept);
    if (action.do === 'skip') for (const key of keysOf(kept.selected)) this.#skipped.add(key);
    return { ok: true, decision };
  }

  #undo(id: number): EngineAnswer {
    const at = this.decisions.findIndex((one) => one.id === id);
    const decision = this.decisions[at];
    if (!decision) return { ok: false, why: `there is no decision ${id}` };
    if (!decision.undoable)
      return { ok: false, why: `decision ${id} cannot be undone any more: ${standingText(decision)}` };
    this.#skipped = new Set(
      [...this.#skipped].filter((key) => !keysOf(this.decided.get(id)?.selected ?? []).includes(key)),
    );
    const undone = {
      ...decision,
      standing: { ...NEW, undone: NEW.places },
      outcome: 'undone' as const,
      undoable: false,
    };
    this.decisions[at] = undone;
    this.decisions.push({
      ...undone,
      id: this.decisions.length + 1,
      action: { do: 'undo', of: id },
      standing: NEW,
      outcome: 'stands',
    });
    return { ok: true, decision: undone };
  }

  #correct({ entry: name, kind, by }: Extract<EngineCommand, { do: 'correct' }>): EngineAnswer {
    const entry = this.groups()
      .flatMap(({ entries }) => entries)
      .find(({ id }) => id === name);
    if (!entry) return { ok: false, why: 'there is no such failure any more: look again' };
    if (kind === 'missing')
      return { ok: false, why: "this cannot be read as missing: that is seen in the source's list" };
    const { side, command, response, verdict } = entry;
    const pattern = { side, command, code: verdict.code, cause: response };
    this.corrections.push({
      id: String(this.corrections.length + 1),
      at: this.now(),
      by,
      pattern,
      kind,
      sample: response,
    });
    return { ok: true, corrections: this.corrections };
  }
}

function keysOf(selected: readonly Selected[]): readonly string[] {
  return selected.flatMap(({ entry, uids }) => uids.map((uid) => `${entry.id} ${uid}`));
}

function sampleOf({ entry, uids }: Selected, most = uids.length): ScopeSample {
  const some = uids.slice(0, most);
  return { mailbox: entry.mailbox, folder: entry.folder, uids: run(some), count: some.length };
}

function factsOf(entry: ErrorEntryEntity) {
  return { ...entry, code: entry.verdict.code, kind: entry.verdict.kind, rule: entry.verdict.rule };
}

function recounted(group: ErrorGroupEntity, entries: readonly ErrorEntryEntity[]): ErrorGroupEntity {
  const skipped = entries.reduce((sum, one) => sum + one.skipped, 0);
  const messages = entries.reduce((sum, one) => sum + one.count, 0);
  const affected = entries.reduce((sum, one) => sum + one.affected, 0);
  const failures = entries.filter(({ uids }) => uids === '').length;
  const standing = group.standing === 'open' && messages + failures === 0 ? ('skipped' as const) : group.standing;
  const mailboxes =
    entries.length === group.entries.length ? group.mailboxes : new Set(entries.map((one) => one.mailbox)).size;
  return { ...group, entries, messages, affected, failures, skipped, standing, mailboxes, size: entries.length };
}

/** As a set, when they are one run. */
function run(uids: readonly number[]): string {
  return uids.length > 1 ? `${uids[0]}:${uids.at(-1)}` : uids.join(',');
}

/** `1:3,7` as numbers. */
function listed(uids: string): readonly number[] {
  if (uids === '') return [];
  return uids.split(',').flatMap((run) => {
    const [first = 0, last = first] = run.split(':').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

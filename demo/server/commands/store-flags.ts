import { BadCommand } from '../grammar/bad-command.js';
import { kept, parseFlags } from '../grammar/flags.js';
import { formatNumbers, parseNumberSet } from '../grammar/number-set.js';
import { type Arg, textOf, textsOf } from '../grammar/tokens.js';
import { flagList } from '../grammar/write.js';
import type { CommandTable } from '../session/command.js';
import { no, type Outcome, ok } from '../session/outcome.js';
import type { Numbered, Selection } from '../session/selection.js';
import type { Session } from '../session/session.js';
import type { Message } from '../store/message.js';

/** STORE and UID STORE (RFC 3501 section 6.4.6), with UNCHANGEDSINCE (RFC 7162 section 3.1.3). */
export const STORE: CommandTable = {
  STORE: {
    kind: 'whole',
    state: 'selected',
    keepsNumbers: true,
    run: (session, args) => store(session, args, 'sequence'),
  },
  'UID STORE': {
    kind: 'whole',
    state: 'selected',
    keepsNumbers: true,
    run: (session, args) => store(session, args, 'uid'),
  },
};

interface Change {
  readonly how: 'replace' | 'add' | 'remove';
  readonly silent: boolean;
  readonly flags: readonly string[];
}

function store(session: Session, args: readonly Arg[], by: 'uid' | 'sequence'): Outcome {
  const selection = session.selection!;
  const set = parseNumberSet(textOf(args[0], 'messageset'));
  const least = unchangedSince(session, args[1]);
  const change = parseChange(least === null ? args.slice(1) : args.slice(2));
  const chosen = by === 'uid' ? selection.byUid(set) : selection.bySequence(set);
  if (!chosen) throw new BadCommand('Invalid messageset');
  if (selection.access === 'read-only') return ok('Store ignored with read-only mailbox.');
  if (least !== null) session.condstore = true;
  const live = chosen.filter(({ message }) => !message.expunged);
  const modified = least === null ? [] : live.filter(({ message }) => message.modseq > least);
  const due = live.filter((numbered) => !modified.includes(numbered));
  const changes = changesOf(selection, due, change);
  if (changes.size > 0) selection.folder.setFlags(changes);
  for (const line of selection.keywordNews()) session.out.line(line);
  for (const numbered of due) writeRow(session, selection, numbered, change, by, changes.has(numbered.message));
  if (modified.length > 0) {
    const numbers = modified.map(({ message, sequence }) => (by === 'uid' ? message.uid : sequence));
    return ok(`[MODIFIED ${formatNumbers(numbers)}] Conditional store failed.`);
  }
  if (live.length < chosen.length) return no('[EXPUNGEISSUED] Some of the messages no longer exist.');
  return ok('Store completed.');
}

function parseChange(args: readonly Arg[]): Change {
  const found = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(textOf(args[0], 'item set'));
  if (!found) throw new BadCommand('Invalid item set');
  const rest = args.slice(1);
  const texts = rest.length === 1 ? textsOf(rest[0], 'flags') : rest.map((arg) => textOf(arg, 'flag'));
  const how = found[1] === '+' ? 'add' : found[1] === '-' ? 'remove' : 'replace';
  return { how, silent: found[2] !== undefined, flags: parseFlags(texts) };
}

function unchangedSince(session: Session, arg: Arg | undefined): number | null {
  if (arg?.kind !== 'list') return null;
  const [name, value] = arg.items.map((item) => textOf(item, 'modifier'));
  const known = session.has('CONDSTORE') && name?.toUpperCase() === 'UNCHANGEDSINCE' && /^\d{1,16}$/.test(value ?? '');
  if (!known) throw new BadCommand('Unknown STORE modifier');
  return Number(value);
}

/** The new flags of messages whose flags change. Flags that may not be changed here stay. */
function changesOf(selection: Selection, due: readonly Numbered[], { how, flags }: Change): Map<Message, Set<string>> {
  const permanent = selection.permanentFlags();
  const given = kept(flags, permanent);
  const changes = new Map<Message, Set<string>>();
  for (const { message } of due) {
    const fixed = [...message.flags].filter((flag) => kept([flag], permanent).length === 0);
    const next =
      how === 'replace'
        ? new Set([...fixed, ...given])
        : how === 'add'
          ? new Set([...message.flags, ...given])
          : new Set([...message.flags].filter((flag) => !given.includes(flag)));
    if (next.size !== message.flags.size || [...next].some((flag) => !message.flags.has(flag)))
      changes.set(message, next);
  }
  return changes;
}

function writeRow(
  session: Session,
  selection: Selection,
  { message, sequence }: Numbered,
  { silent }: Change,
  by: 'uid' | 'sequence',
  changed: boolean,
): void {
  selection.hasShown(message);
  const parts: string[] = [];
  if (session.condstore && changed) parts.push(`MODSEQ (${message.modseq})`);
  if (!silent) parts.push(`FLAGS ${flagList(selection.flagsOf(message))}`);
  if (parts.length === 0) return;
  const uid = by === 'uid' ? `UID ${message.uid} ` : '';
  session.out.line(`* ${sequence} FETCH (${uid}${parts.join(' ')})`);
}

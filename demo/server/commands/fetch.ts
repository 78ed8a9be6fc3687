import type { RowFault } from '../faults.js';
import { BadCommand, LineGone } from '../grammar/bad-command.js';
import { type FetchItem, GMAIL_ITEMS, parseFetchItems } from '../grammar/fetch-items.js';
import { parseNumberSet } from '../grammar/number-set.js';
import { type Arg, atMost, textOf } from '../grammar/tokens.js';
import type { CommandTable } from '../session/command.js';
import { no, type Outcome, ok } from '../session/outcome.js';
import type { Numbered, Selection } from '../session/selection.js';
import type { Session } from '../session/session.js';
import { may } from '../store/rights.js';
import { writeRow } from './fetch-row.js';
import { modseqLine } from './select.js';

/** FETCH and UID FETCH (RFC 3501 section 6.4.5), with CHANGEDSINCE (RFC 7162 section 3.1.4.1). */
export const FETCH: CommandTable = {
  FETCH: {
    kind: 'whole',
    state: 'selected',
    atoms: 'sections',
    keepsNumbers: true,
    run: (session, args) => fetch(session, args, 'sequence'),
  },
  'UID FETCH': {
    kind: 'whole',
    state: 'selected',
    atoms: 'sections',
    keepsNumbers: true,
    run: (session, args) => fetch(session, args, 'uid'),
  },
};

async function fetch(session: Session, args: readonly Arg[], by: 'uid' | 'sequence'): Promise<Outcome> {
  const selection = session.selection!;
  atMost(args, 3);
  const set = parseNumberSet(textOf(args[0], 'messageset'));
  const since = changedSince(session, args[2]);
  const items = completed(parseFetchItems(args[1]), by, since);
  refuseUnknown(session, items);
  turnOnCondstore(session, selection, items);
  const chosen = by === 'uid' ? selection.byUid(set) : selection.bySequence(set);
  if (!chosen) throw new BadCommand('Invalid messageset');
  let expunged = 0;
  for (const numbered of chosen) {
    if (numbered.message.expunged) expunged += 1;
    else if (since === null || numbered.message.modseq > since) {
      const early = await oneRow(session, selection, numbered, items);
      if (early) return early;
      if (session.out.full) await session.out.flush();
      if (session.wire.deaf) throw new LineGone();
    }
  }
  return expunged > 0 ? no('[EXPUNGEISSUED] Some of the requested messages no longer exist.') : ok('Fetch completed.');
}

/** @returns how the command ends, when a fault ends it at this row */
async function oneRow(
  session: Session,
  selection: Selection,
  numbered: Numbered,
  items: readonly FetchItem[],
): Promise<Outcome | null> {
  const { uid } = numbered.message;
  const size = () => numbered.message.size;
  const names = items.map((item) => (item.kind === 'BODY' ? item.label : item.kind));
  let fault: RowFault | null =
    session.house.desk.atRow(session, {
      folder: selection.path,
      uid,
      sequence: numbered.sequence,
      items: names,
      size,
    }) ?? null;
  while (fault?.kind === 'delay' || fault?.kind === 'unsolicited') {
    if (fault.kind === 'delay') await session.sleep(fault.ms);
    else for (const line of fault.lines) session.out.line(line);
    fault = fault.next;
  }
  switch (fault?.kind) {
    case undefined:
      markSeen(selection, numbered, items);
      writeRow(session, selection, numbered, items, null);
      return null;
    case 'garble-row':
      writeRow(session, selection, numbered, items, fault.how);
      return null;
    case 'omit-row':
      return null;
    case 'answer':
      if (fault.next === 'go-on') return { kind: 'lines', lines: fault.lines };
      for (const line of fault.lines) session.out.line(line);
      await session.dropLine();
      throw new LineGone();
    case 'drop':
      await session.dropLine();
      throw new LineGone();
    case 'hang':
      await session.out.flush();
      await session.wire.gone;
      throw new LineGone();
  }
}

/** BODY[] without PEEK sets \Seen, and then the row tells the flags too. */
function markSeen(selection: Selection, { message }: Numbered, items: readonly FetchItem[]): void {
  const marks = items.some((item) => item.kind === 'BODY' && item.marksSeen);
  if (!marks || selection.access === 'read-only' || message.flags.has('\\Seen') || !may(selection.folder, 's')) return;
  selection.folder.setFlags(new Map([[message, new Set([...message.flags, '\\Seen'])]]));
}

/** UID comes first in the rows of UID FETCH, asked for or not; MODSEQ comes with CHANGEDSINCE. */
function completed(items: readonly FetchItem[], by: 'uid' | 'sequence', since: number | null): readonly FetchItem[] {
  const rest = by === 'uid' ? items.filter(({ kind }) => kind !== 'UID') : items;
  const first: readonly FetchItem[] = by === 'uid' ? [{ kind: 'UID' }] : [];
  const last: readonly FetchItem[] =
    since !== null && !rest.some(({ kind }) => kind === 'MODSEQ') ? [{ kind: 'MODSEQ' }] : [];
  return [...first, ...rest, ...last];
}

function changedSince(session: Session, arg: Arg | undefined): number | null {
  if (!arg) return null;
  const words = arg.kind === 'list' ? arg.items.map((item) => textOf(item, 'modifier')) : [];
  const value = Number(words[1]);
  const valid = session.has('CONDSTORE') && words.length === 2 && words[0]?.toUpperCase() === 'CHANGEDSINCE';
  if (!valid || !Number.isSafeInteger(value) || value < 0) throw new BadCommand('Unknown FETCH modifier');
  return value;
}

function refuseUnknown(session: Session, items: readonly FetchItem[]): void {
  const asked = GMAIL_ITEMS.find((name) => items.some(({ kind }) => kind === name));
  if (asked !== undefined && !session.has('X-GM-EXT-1')) throw new BadCommand(`Unknown parameter: ${asked}`);
}

function turnOnCondstore(session: Session, selection: Selection, items: readonly FetchItem[]): void {
  if (!items.some(({ kind }) => kind === 'MODSEQ')) return;
  if (!session.has('CONDSTORE')) throw new BadCommand('Unknown parameter: MODSEQ');
  // Whoever asks for MODSEQ uses CONDSTORE from here on, and is told where it stands (RFC 7162 section 3.1.2).
  if (!session.condstore) session.out.line(modseqLine(selection));
  session.condstore = true;
}

import { type Command, Option } from 'commander';
import { parseFilter } from '../../../engine/decisions/filter.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { BadInput } from '../../../words/bad-input.js';
import { EVERYTHING, type Selection } from '../../../words/decision.js';
import { KINDS } from '../../../words/verdict.js';
import { filterText } from './filter.js';

/** As commander hands them over: texts, or absent. */
export interface SelectionFlags {
  readonly code?: readonly string[];
  readonly kind?: readonly string[];
  readonly side?: readonly string[];
  readonly mailbox?: readonly string[];
  readonly folder?: readonly string[];
  readonly command?: readonly string[];
  readonly entry?: readonly string[];
  readonly uid?: string;
  readonly match?: readonly string[];
  readonly filter?: readonly string[];
}

const collect = (text: string, before: readonly string[] | undefined): string[] => [...(before ?? []), text];
/** Codes and kinds hold no comma; names of mailboxes and folders may. */
const collectList = (text: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  ...text.split(',').map((one) => one.trim()),
];

/** Adds the options that select failures: the same in every command that reads or changes them. */
export function addSelectionOptions(command: Command): Command {
  const add = (flags: string, text: string, parse?: typeof collect) => {
    const option = new Option(flags, text).helpGroup('Which failures (all that is given must hold):');
    command.addOption(parse ? option.argParser(parse) : option);
  };
  add('--code <code>', 'with this response code, e.g. OVERQUOTA; none: without any (repeatable, or a,b)', collectList);
  add('--kind <kind>', `of this kind: ${KINDS.join(', ')} (repeatable, or a,b)`, collectList);
  add('--side <side>', 'of this server: source or destination', collect);
  add('--mailbox <mailbox>', "of this mailbox, by its address, e.g. 'ann@*' (repeatable)", collect);
  add('--folder <folder>', "in this source folder, e.g. 'Archive/*' (repeatable)", collect);
  add('--command <command>', 'of this IMAP command, e.g. APPEND (repeatable)', collect);
  add('--uid <set>', 'of these source UIDs, as IMAP writes them, e.g. 17,40:52');
  add('--entry <id>', 'of this entry, by its `id` in `nightferry errors --json` (repeatable)', collect);
  add('--match <text>', 'with these words in the response, the mailbox or the folder (repeatable)', collect);
  add('--filter <filter>', "as in the console, e.g. 'code:OVERQUOTA !mailbox:ann@*' (repeatable)", collect);
  return command;
}

/**
 * Reads the options that select failures.
 *
 * @throws BadInput  naming what cannot be read
 */
export function readSelection(flags: SelectionFlags): Selection {
  const { code = [], kind = [], side = [], mailbox = [], folder = [], command = [], match = [], filter = [] } = flags;
  // Each by itself: a quote that one leaves open must not be closed by the next.
  for (const text of filter) parseFilter(text);
  const text = filterText({ code, kind, side, mailbox, folder, command, match, filter });
  parseFilter(text);
  return {
    ...EVERYTHING,
    filter: text,
    entries: flags.entry ?? null,
    uids: flags.uid === undefined ? null : readUids(flags.uid),
  };
}

/** The command names no failures. */
export function isEverything({ filter, groups, entries, uids }: Selection): boolean {
  return filter === '' && groups === null && entries === null && uids === null;
}

/** @returns the set, as IMAP writes it */
function readUids(text: string): string {
  const uids = UidSet.parse(text.replace(/\s+/g, ''));
  if (uids.isEmpty) throw new BadInput('--uid: UIDs are expected as IMAP writes them, like 17 or 17,40:52');
  return uids.toString();
}

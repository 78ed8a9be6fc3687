import { BadCommand } from '../grammar/bad-command.js';
import { formatNumbers, parseNumberSet } from '../grammar/number-set.js';
import { type Arg, atMost, textOf } from '../grammar/tokens.js';
import type { CommandTable } from '../session/command.js';
import { no, type Outcome, ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import { fits } from '../store/quota.js';
import { may } from '../store/rights.js';
import { accountOf, folderIn, NO_PERMISSION } from './folder-argument.js';

/** COPY and UID COPY (RFC 3501 section 6.4.7), with COPYUID (RFC 4315 section 3): all of the messages or none. */
export const COPY: CommandTable = {
  COPY: {
    kind: 'whole',
    state: 'selected',
    keepsNumbers: true,
    run: (session, args) => copy(session, args, 'sequence'),
  },
  'UID COPY': {
    kind: 'whole',
    state: 'selected',
    keepsNumbers: true,
    run: (session, args) => copy(session, args, 'uid'),
  },
};

function copy(session: Session, args: readonly Arg[], by: 'uid' | 'sequence'): Outcome {
  const selection = session.selection!;
  atMost(args, 2);
  const set = parseNumberSet(textOf(args[0], 'messageset'));
  const chosen = by === 'uid' ? selection.byUid(set) : selection.bySequence(set);
  if (!chosen) throw new BadCommand('Invalid messageset');
  const target = folderIn(session, args[1], '[TRYCREATE] ');
  if (target.kind === 'refused') return target.outcome;
  const { folder } = target;
  if (!may(folder, 'i')) return NO_PERMISSION;
  const from = chosen.map(({ message }) => message).filter(({ expunged }) => !expunged);
  const bytes = from.reduce((sum, { size }) => sum + size, 0);
  if (!fits(accountOf(session), { bytes, messages: from.length })) return no('[OVERQUOTA] Quota exceeded');
  const copies = from.map(({ raw, flags, internalDate }) => folder.add({ raw, flags: [...flags], internalDate }));
  if (!session.has('UIDPLUS') || from.length === 0) return ok('Copy completed.');
  const [sources, uids] = [from, copies].map((messages) => formatNumbers(messages.map(({ uid }) => uid)));
  return ok(`[COPYUID ${folder.uidValidity} ${sources} ${uids}] Copy completed.`);
}

import { BadCommand } from '../grammar/bad-command.js';
import { type Arg, atMost, textsOf } from '../grammar/tokens.js';
import type { CommandTable } from '../session/command.js';
import { type Outcome, ok } from '../session/outcome.js';
import { Selection } from '../session/selection.js';
import type { Session } from '../session/session.js';
import { may } from '../store/rights.js';
import { expungeDeleted } from './expunge.js';
import { folderIn, NO_PERMISSION } from './folder-argument.js';

/** SELECT, EXAMINE, CLOSE (RFC 3501 section 6.3 and 6.4), UNSELECT (RFC 3691). */
export const SELECT: CommandTable = {
  SELECT: { kind: 'whole', state: 'authenticated', run: (session, args) => select(session, args, 'read-write') },
  EXAMINE: { kind: 'whole', state: 'authenticated', run: (session, args) => select(session, args, 'read-only') },
  UNSELECT: {
    kind: 'whole',
    state: 'selected',
    needs: 'UNSELECT',
    run: (session) => {
      session.selection = null;
      return ok('Unselect completed.');
    },
  },
  CLOSE: {
    kind: 'whole',
    state: 'selected',
    run: (session) => {
      // A SELECTed folder loses its \Deleted messages here, and nobody is told (RFC 3501 section 6.4.2).
      if (session.selection?.access === 'read-write') expungeDeleted(session.selection, null);
      session.selection = null;
      return ok('Close completed.');
    },
  },
};

function select(session: Session, args: readonly Arg[], wanted: 'read-write' | 'read-only'): Outcome {
  // Whatever comes of it, the folder before is closed (RFC 3501 section 6.3.1), and the client hears so (RFC 7162 section 3.2.11).
  if (session.selection) {
    session.selection = null;
    if (session.has('CONDSTORE')) session.out.line('* OK [CLOSED] Previous mailbox closed.');
  }
  atMost(args, 2);
  const condstore = wantsCondstore(session, args[1]);
  const found = folderIn(session, args[0], '');
  if (found.kind === 'refused') return found.outcome;
  const { path, folder } = found;
  if (!may(folder, 'r')) return NO_PERMISSION;
  const access = folder.traits.readOnly ? 'read-only' : wanted;
  const selection = new Selection(path, folder, access, session.house.settings.permanentFlags);
  session.condstore ||= condstore;
  session.selection = selection;
  const { out } = session;
  for (const line of selection.flagLines()) out.line(line);
  out.line(`* ${selection.messages.length} EXISTS`);
  out.line(`* ${selection.recentCount} RECENT`);
  const unseen = selection.messages.findIndex((message) => !message.flags.has('\\Seen')) + 1;
  if (unseen > 0) out.line(`* OK [UNSEEN ${unseen}] First unseen.`);
  out.line(`* OK [UIDVALIDITY ${folder.uidValidity}] UIDs valid`);
  if (session.has('UIDNEXT')) out.line(`* OK [UIDNEXT ${folder.uidNext}] Predicted next UID`);
  if (session.has('CONDSTORE')) out.line(modseqLine(selection));
  const mode = access === 'read-write' ? '[READ-WRITE]' : '[READ-ONLY]';
  return ok(`${mode} ${wanted === 'read-write' ? 'Select' : 'Examine'} completed.`);
}

export function modseqLine({ folder }: Selection): string {
  return folder.traits.noModseq
    ? '* OK [NOMODSEQ] No permanent mod-sequences'
    : `* OK [HIGHESTMODSEQ ${folder.highestModseq}] Highest`;
}

function wantsCondstore(session: Session, arg: Arg | undefined): boolean {
  if (!arg) return false;
  const names = textsOf(arg, 'parameter').map((name) => name.toUpperCase());
  if (names.some((name) => name !== 'CONDSTORE') || !session.has('CONDSTORE'))
    throw new BadCommand('Unknown parameter');
  return names.length > 0;
}

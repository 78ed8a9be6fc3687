import { parseNumberSet } from '../grammar/number-set.js';
import { atMost, textOf } from '../grammar/tokens.js';
import type { CommandTable } from '../session/command.js';
import { type Outcome, ok } from '../session/outcome.js';
import type { Selection } from '../session/selection.js';
import type { Session } from '../session/session.js';
import type { Message } from '../store/message.js';
import { may } from '../store/rights.js';
import { NO_PERMISSION } from './folder-argument.js';

/** EXPUNGE (RFC 3501 section 6.4.3) and UID EXPUNGE (RFC 4315 section 2.1). */
export const EXPUNGE: CommandTable = {
  EXPUNGE: { kind: 'whole', state: 'selected', run: (session) => expunge(session, null) },
  'UID EXPUNGE': {
    kind: 'whole',
    state: 'selected',
    needs: 'UIDPLUS',
    run: (session, args) => {
      atMost(args, 1);
      const set = parseNumberSet(textOf(args[0], 'messageset'));
      return expunge(
        session,
        session.selection!.byUid(set).map(({ message }) => message),
      );
    },
  },
};

function expunge(session: Session, among: readonly Message[] | null): Outcome {
  const selection = session.selection!;
  if (!may(selection.folder, 'e')) return NO_PERMISSION;
  if (selection.access === 'read-write') expungeDeleted(selection, among);
  return ok('Expunge completed.');
}

/** Removes what is \Deleted: among these messages, or among all. The EXPUNGE lines come with the session's news. */
export function expungeDeleted({ folder }: Selection, among: readonly Message[] | null): void {
  if (!may(folder, 'e')) return;
  const going = (among ?? folder.messages).filter((message) => message.flags.has('\\Deleted') && !message.expunged);
  folder.expunge(...going.map((message) => message.uid));
}

import { flagList } from '../grammar/write.js';
import type { Numbered, Selection } from '../session/selection.js';
import type { Session } from '../session/session.js';

/** The untagged row of a message whose flags changed: with UID and MODSEQ for who uses CONDSTORE (RFC 7162 section 3.2.4). */
export function fetchRowOf(session: Session, selection: Selection, { message, sequence }: Numbered): string {
  const modseq = session.condstore ? `UID ${message.uid} MODSEQ (${message.modseq}) ` : '';
  return `* ${sequence} FETCH (${modseq}FLAGS ${flagList(selection.flagsOf(message))})`;
}

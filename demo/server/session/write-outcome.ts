import { fetchRowOf } from '../commands/flag-row.js';
import type { Call, Command } from './command.js';
import { type Outcome, withTag } from './outcome.js';
import type { Session } from './session.js';

/**
 * Tells what changed in the selected folder, and then the tagged line.
 * @returns whether the connection is over
 */
export async function writeOutcome(
  session: Session,
  call: Call,
  outcome: Outcome,
  command: Command | null,
): Promise<boolean> {
  const { out, selection } = session;
  if (selection) {
    const expunges = command?.keepsNumbers && !call.name.startsWith('UID ') ? 'kept' : 'told';
    for (const line of selection.news(expunges, (numbered) => fetchRowOf(session, selection, numbered))) out.line(line);
  }
  if (outcome.kind === 'lines') {
    for (const line of outcome.lines) out.line(withTag(line, call.tag));
    return false;
  }
  if (outcome.status !== 'OK') session.refusals += 1;
  out.line(`${call.tag} ${outcome.status} ${outcome.text}`);
  if (outcome.next === 'start-tls') {
    await out.flush();
    await session.wire.upgrade(session.house.secureContext());
    session.encrypted = true;
  }
  return outcome.next === 'close';
}

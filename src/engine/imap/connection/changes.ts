import type { Side } from '../../../words/side.js';

/**
 * Commands that change nothing at a server (RFC 9051 section 6). SELECT is not among them: it takes \Recent away from
 * messages, and EXAMINE does not. Nightferry fetches bodies by BODY.PEEK only, which sets no flag.
 */
const CHANGE_NOTHING: ReadonlySet<string> = new Set([
  'CAPABILITY',
  'EXAMINE',
  'FETCH',
  'GETQUOTAROOT',
  'ID',
  'LIST',
  'LOGOUT',
  'LSUB',
  'MYRIGHTS',
  'NAMESPACE',
  'NOOP',
  'SEARCH',
  'STATUS',
  'UID FETCH',
  'UID SEARCH',
]);

/**
 * A command that may change something was not sent, because the connection is only to look. This is a bug in
 * Nightferry.
 */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused';

  constructor(side: Side, command: string) {
    super(`${command} was not sent to the ${side}: this connection changes nothing`);
  }
}

/** @param name  of a command, as in {@link Wire.command} @returns null where it may be sent */
export function refusedChange(
  { side, changes }: { readonly side: Side; readonly changes?: 'refused' },
  name: string,
): ChangeRefused | null {
  return changes === 'refused' && !CHANGE_NOTHING.has(name) ? new ChangeRefused(side, name) : null;
}

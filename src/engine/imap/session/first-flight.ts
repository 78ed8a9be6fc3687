import type { Manners } from '../../profiles/manners.js';
import { SHORT } from '../connection/silence-limits.js';
import type { Wire } from '../connection/wire.js';
import type { Response } from '../grammar/response-reader.js';
import { IDENTITY, idCommand } from './identity.js';

/**
 * Sends the first commands of every connection, without waiting for an answer.
 *
 * @returns the server's name; '' where it gives none
 */
export function firstFlight(
  wire: Wire,
  capabilities: ReadonlySet<string>,
  { introduces, idFields }: Pick<Manners, 'introduces' | 'idFields'>,
): Promise<string> {
  if (introduces === 'never' || (introduces === 'where offered' && !capabilities.has('ID'))) return Promise.resolve('');
  let name = '';
  const onData = (response: Response) => {
    if (!/^\* ID /i.test(response.text)) return false;
    name = serverName(response);
    return true;
  };
  const told = wire.command('ID', [idCommand({ ...IDENTITY, ...idFields })], { onData, patience: SHORT });
  // A server may refuse ID. Where the connection is lost, callers that wait for more than a name say so.
  return told.then(
    () => name,
    () => name,
  );
}

function serverName({ text }: Response): string {
  return /"name" "((?:[^"\\]|\\.)*)"/i.exec(text)?.[1] ?? '';
}

/** The words of a server that lets nobody work before ID came: `Unsafe Login`, `ID required`. */
const WANTS_ID =
  /\bunsafe login\b|(?<![-\w])ID (?:command )?(?:is )?(?:required|needed|first|missing)\b|\b(?:send|use|issue) (?:the )?ID\b/i;

export function wantsIntroduction(line: string): boolean {
  return WANTS_ID.test(line);
}

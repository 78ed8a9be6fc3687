import { Cursor, Unreadable } from '../grammar/cursor.js';
import { astring } from '../grammar/piece.js';
import type { Response } from '../grammar/response-reader.js';
import type { Session } from '../session/session.js';

const ROW = /^\* MYRIGHTS +/i;

/**
 * The rights that the login has on a folder (MYRIGHTS, RFC 4314), in lower case.
 *
 * @returns null where the server does not tell them
 * @throws ConnectionLost
 */
export async function readRights({ wire, capabilities }: Session, wireName: string): Promise<string | null> {
  if (!capabilities.has('ACL')) return null;
  let row: string | null | undefined;
  const answer = await wire.command('MYRIGHTS', ['MYRIGHTS ', astring(wireName)], (response) => {
    // Several are in flight, and each takes the row of its turn.
    if (row !== undefined) return false;
    row = readRightsRow(response);
    return row !== undefined;
  });
  return answer.status === 'OK' ? (row ?? null) : null;
}

/**
 * Reads `* MYRIGHTS name rights`; some servers quote the rights.
 *
 * @returns '' where there are none; null where the row does not tell them; undefined for any other response
 */
export function readRightsRow(response: Response): string | null | undefined {
  const head = ROW.exec(response.text);
  if (!head) return undefined;
  try {
    const cursor = new Cursor(response, head[0].length);
    cursor.string();
    cursor.skipSpaces();
    const from = cursor.at;
    const rights = cursor.string() ?? response.text.slice(from, cursor.at);
    return /^[a-z0-9]*$/i.test(rights) ? rights.toLowerCase() : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** Right to add messages (`i`). */
export const mayInsert = (rights: string): boolean => rights.includes('i');
/** Right to make folders below it: `k`, or `c` of RFC 2086. */
export const mayCreateBelow = (rights: string): boolean => /[kc]/.test(rights);
/** Rights to set flags: `w`, and `s` for \Seen. */
export const maySetFlags = (rights: string): boolean => rights.includes('w') && rights.includes('s');

import { astring } from '../grammar/piece.js';
import type { Session } from '../session/session.js';

/** The rights are the last word of the row; the name before it may be quoted, or a literal. */
const ROW = /^\* MYRIGHTS .*[ "]([a-z0-9]+)"? *$/i;
/** A row without any: the name alone, or an empty string behind it. */
const NO_RIGHTS = /^\* MYRIGHTS .* ""? *$/i;

/**
 * The rights that the login has on a folder (MYRIGHTS, RFC 4314), in lower case.
 *
 * @returns null where the server does not tell them
 * @throws LineLost
 */
export async function readRights({ wire, capabilities }: Session, wireName: string): Promise<string | null> {
  if (!capabilities.has('ACL')) return null;
  let rights: string | null = null;
  const answer = await wire.command('MYRIGHTS', ['MYRIGHTS ', astring(wireName)], ({ text }) => {
    if (rights !== null || !/^\* MYRIGHTS /i.test(text)) return false;
    rights = NO_RIGHTS.test(text) ? '' : (ROW.exec(text)?.[1]?.toLowerCase() ?? null);
    return true;
  });
  return answer.status === 'OK' ? rights : null;
}

/** Right to add messages (`i`). */
export const mayInsert = (rights: string): boolean => rights.includes('i');
/** Right to make folders below it: `k`, or `c` of RFC 2086. */
export const mayCreateBelow = (rights: string): boolean => /[kc]/.test(rights);
/** Rights to set flags: `w`, and `s` for \Seen. */
export const maySetFlags = (rights: string): boolean => rights.includes('w') && rights.includes('s');

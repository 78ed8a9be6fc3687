const RECENT = /^\\recent$/i;
const DELETED = /^\\deleted$/i;

/** A flag that is no system flag (RFC 9051 section 2.3.2). */
export const isKeyword = (flag: string) => !flag.startsWith('\\');

/** Whether a flag is `\Recent`, which only the server sets (RFC 3501 section 2.3.2). */
export const isRecent = (flag: string): boolean => RECENT.test(flag);

/** The mark of a message that an EXPUNGE removes (RFC 9051 section 2.3.2). */
export const isDeletedFlag = (flag: string): boolean => DELETED.test(flag);

/**
 * Whether a folder keeps a flag. `\*` among its PERMANENTFLAGS keeps any keyword (RFC 9051 section 7.1).
 *
 * @param permanent  in lower case; null: it did not say, which means all
 */
export function keepsFlag(permanent: ReadonlySet<string> | null, flag: string): boolean {
  if (permanent === null) return true;
  return permanent.has(flag.toLowerCase()) || (isKeyword(flag) && permanent.has('\\*'));
}

import { MAX_UID } from '../../../store/uid/uid.js';

/**
 * Numbers as servers write them, checked where they are read: what is no such number is unknown, and never 0.
 * A mailbox document with a number in it that no schema allows could not be read again.
 */

/** How many messages a folder holds: 32 bits (RFC 9051 section 9, `number`). */
export function readCount(text: string | undefined): number | null {
  return within(text, 0, MAX_UID);
}

/** A message's UID (RFC 9051 section 9, `uniqueid`). */
export function readUid(text: string | undefined): number | null {
  return within(text, 1, MAX_UID);
}

/** UIDNEXT: the UID that the next message gets. It is at most one above the largest UID. */
export function readUidNext(text: string | undefined): number | null {
  return within(text, 1, MAX_UID + 1);
}

/** A size in bytes: RFC822.SIZE has 63 bits since RFC 9051. */
export function readSize(text: string | undefined): number | null {
  return within(text, 0, Number.MAX_SAFE_INTEGER);
}

/**
 * UIDVALIDITY as decimal text. Servers that print 32 bits with a sign write a negative number for the upper half, which
 * names the folder as well as any other. 0 is not valid, and stays 0.
 *
 * @returns null where it is no number of at most 20 digits
 */
export function readUidValidity(text: string | undefined): string | null {
  const digits = text === undefined ? null : /^(-?)0*(\d{1,20})$/.exec(text);
  if (!digits) return null;
  if (!digits[1]) return digits[2]!;
  const negative = Number(digits[2]);
  return negative >= 1 && negative <= 2 ** 31 ? String(2 ** 32 - negative) : null;
}

/** A UIDVALIDITY that names a folder; null: it is not told, or 0, which no folder has (RFC 9051 section 9). */
export const validUidValidity = (uidValidity: string | null): string | null =>
  uidValidity === '0' ? null : uidValidity;

/** HIGHESTMODSEQ as decimal text: 63 bits; 0 is NOMODSEQ (RFC 7162 section 3.1.2.2). */
export function readModseq(text: string | undefined): string | null {
  const digits = text === undefined ? null : /^0*([1-9]\d{0,19})$/.exec(text);
  return digits?.[1] ?? null;
}

const LAST_GMAIL_ID = 2n ** 64n - 1n;

/** X-GM-MSGID: an unsigned 64-bit number, which a double cannot hold. */
export function readGmailId(text: string): bigint | null {
  const digits = /^0*([1-9]\d{0,19})$/.exec(text);
  const id = digits ? BigInt(digits[1]!) : null;
  return id !== null && id <= LAST_GMAIL_ID ? id : null;
}

function within(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return null;
  const number = Number(text);
  return number >= least && number <= most ? number : null;
}

import { z } from 'zod';
import { SIDES } from '../../words/side.js';
import { MAX_UID } from '../uid/uid.js';
import { parsePairs } from '../uid/uid-pairs-text.js';
import { measureRanges } from '../uid/uid-text.js';

/** Fields that several documents share. */

/** A set of UIDs as text; what is stored stays text, so that writing it again changes nothing. */
export const uidSetText = z.string().refine(isUidSetText, 'not a set of UIDs');

export function isUidSetText(text: string): boolean {
  return reads(() => measureRanges(text));
}

export const pairsText = z
  .strictObject({ source: z.string(), destination: z.string() })
  .refine((text) => reads(() => [...parsePairs(text)]), 'not pairs of UIDs');

/** UIDVALIDITY as decimal text. 0 is no valid one, but servers that say it always mean the same folder by it. */
export const uidValidity = z.string().regex(/^(?:0|[1-9][0-9]{0,19})$/, 'not a UIDVALIDITY');

/** MODSEQ: it has 63 bits and JSON's numbers 53 (RFC 7162, section 3.1). */
export const decimal = z.string().regex(/^[1-9][0-9]{0,19}$/, 'not a decimal number');

export const side = z.enum(SIDES);

/** A number of messages, folders, bytes, ... */
export const count = z.int().min(0);

export const uid = z.int().min(1).max(MAX_UID);

/** Milliseconds since the epoch. */
export const instant = z.number().min(0);

function reads(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

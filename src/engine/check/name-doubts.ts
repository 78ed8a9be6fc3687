import type { ProfileName } from '../profiles/profile.js';

/** Why a destination may refuse to make a folder of this name, or make another. */
export type NameDoubt = 'longer than 255 bytes' | 'control character' | 'reserved' | 'wildcard' | 'blank at an end';

/** Bytes of a file's name, by which most servers keep a folder. */
const LONGEST = 255;
/** C0, DEL, C1, and the separators of lines and paragraphs. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
/** Parts that stand for a place in a file system, or for a home. */
const RESERVED = /^(?:\.\.?$|~)/;
/** RFC 9051 section 5.1.2.1: `#` begins a namespace. */
const NAMESPACE = /^#/;
/** RFC 9051 section 6.3.9. A name that holds one cannot be listed by itself. */
const WILDCARD = /[*%]/;
const BLANK_AT_AN_END = /^\s|\s$/;

/** Names that these make and keep, where others refuse or trim them. */
const TAKES_ODD_NAMES: ReadonlySet<ProfileName> = new Set(['dovecot']);

/**
 * Says whether a name that is to be made is one that servers refuse.
 *
 * @param name       as people read it, in the destination's notation
 * @param delimiter  null: the destination has no hierarchy
 * @returns null: nothing is against it
 */
export function doubtAbout(name: string, delimiter: string | null, server: ProfileName): NameDoubt | null {
  const parts = delimiter === null || delimiter === '' ? [name] : name.split(delimiter);
  const isOdd = (odd: RegExp) => parts.some((part) => odd.test(part));
  if (parts.some((part) => Buffer.byteLength(part) > LONGEST)) return 'longer than 255 bytes';
  if (isOdd(CONTROL)) return 'control character';
  if (isOdd(RESERVED)) return 'reserved';
  if (TAKES_ODD_NAMES.has(server)) return null;
  if (NAMESPACE.test(name)) return 'reserved';
  if (isOdd(WILDCARD)) return 'wildcard';
  return isOdd(BLANK_AT_AN_END) ? 'blank at an end' : null;
}

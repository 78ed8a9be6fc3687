import type { RepairKind } from '../../../words/findings/repairs.js';
import type { BodyWhere } from './mime-structure.js';

/** Octets of the longest line without its CRLF (RFC 5322 section 2.1.1). */
export const LONGEST_LINE = 998;
/** Octets of the longest line of quoted-printable or base64 (RFC 2045 sections 6.7 and 6.8). */
const LONGEST_ENCODED = 76;

/** The place at which a line is broken that is too long. */
interface Cut {
  /** Octets that stay before it; at least one, and fewer than there are. */
  readonly at: number;
  readonly kind: RepairKind;
  /** Put at the end of what stays before it. */
  readonly trail: '' | '=';
  /** Put in front of what comes behind it. */
  readonly lead: '' | ' ';
}

/** The way in which lines are broken in one part of a message. */
export interface Breaking {
  /** Octets that the pieces may have. */
  readonly most: number;
  /** @param line what has more octets than `most` */
  readonly cut: (line: Buffer) => Cut;
}

const TAB = 9;
const SPACE = 32;
const COLON = 58;
const EQUALS = 61;

const isBlank = (byte: number | undefined) => byte === SPACE || byte === TAB;

export const BREAKING: Readonly<Record<'header' | BodyWhere, Breaking>> = {
  header: { most: LONGEST_LINE, cut: fold },
  // A decoder leaves all line ends out (RFC 2045 section 6.8); groups of four stay together for those that do not.
  base64: {
    most: LONGEST_ENCODED,
    cut: () => ({ at: LONGEST_ENCODED, kind: 'encoded line broken', trail: '', lead: '' }),
  },
  'quoted-printable': { most: LONGEST_ENCODED, cut: softBreak },
  plain: { most: LONGEST_LINE, cut: breakText },
};

/**
 * Breaks before white space, which says the same when it is unfolded (RFC 5322 section 2.2.3): never within a field's
 * name, nor so that a line of white space alone is left. Without white space, a space is put in.
 */
function fold(line: Buffer): Cut {
  const name = isBlank(line[0]) ? 0 : line.indexOf(COLON);
  for (let at = LONGEST_LINE; at > Math.max(0, name); at--) {
    if (isBlank(line[at]) && !isBlank(line[at - 1])) return { at, kind: 'header folded', trail: '', lead: '' };
  }
  return { at: wholeCharacters(line), kind: 'header cut', trail: '', lead: ' ' };
}

/** Breaks by a soft line break, and never within `=XX` (RFC 2045 section 6.7, rules 1 and 5). */
function softBreak(line: Buffer): Cut {
  let at = LONGEST_ENCODED - 1;
  if (line[at - 1] === EQUALS) at -= 1;
  else if (line[at - 2] === EQUALS) at -= 2;
  return { at, kind: 'encoded line broken', trail: '=', lead: '' };
}

/**
 * Breaks a line of text. No mark says that such a break is not of the text. Behind white space it changes least, and in
 * HTML nothing.
 */
function breakText(line: Buffer): Cut {
  for (let at = LONGEST_LINE; at > 0; at--) {
    if (isBlank(line[at - 1])) return { at, kind: 'line broken', trail: '', lead: '' };
  }
  return { at: wholeCharacters(line), kind: 'line cut', trail: '', lead: '' };
}

/** The most octets of a line that tear no UTF-8 character apart (RFC 3629). */
function wholeCharacters(line: Buffer): number {
  let at = LONGEST_LINE;
  while (at > LONGEST_LINE - 4 && (line[at]! & 0xc0) === 0x80) at--;
  return (line[at]! & 0xc0) === 0x80 ? LONGEST_LINE : at;
}

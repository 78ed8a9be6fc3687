/** Longest text of a server that is shown or logged, in UTF-16 code units. */
const LONGEST_SHOWN = 1000;

/** The most of a text that is read. A hostile line must not cost more than a long honest one. */
const LONGEST_READ = 4096;

/**
 * Whole terminal sequences go before single control characters, so that the parameters of a CSI
 * or the title in an OSC do not stay behind as text (ECMA-48 5.4 and 8.3; 8-bit C1 forms included).
 * A string that is never terminated loses only its introducer. Runs stop at the next introducer,
 * so the pattern is linear.
 */
const SEQUENCES =
  /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])(?:[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c))?|\x1b[\x20-\x2f]*[\x30-\x7e]?/g;

/** Control characters: C0, DEL, C1. White space of all kinds is folded before. */
const CONTROLS = /[\x00-\x1f\x7f-\x9f]/g;

/** Characters that reorder, hide or join text (bidi, zero width, soft hyphen, tags, fillers, BOM), and halves of characters. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}]/gu;

const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * Text of a server, made safe for a terminal and a log: no VT sequences, no control characters,
 * nothing that reorders or hides, white space folded, length capped. Idempotent.
 *
 * @param limit longest result in UTF-16 code units; a cut text ends in `…`
 */
export function sanitise(text: string, limit: number = LONGEST_SHOWN): string {
  const read = text.slice(0, LONGEST_READ);
  if (read.length <= limit && read.length === text.length && PLAIN.test(read)) return read;
  const clean = read
    .replace(SEQUENCES, '')
    .replace(/\s+/g, ' ')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean.length <= limit && read.length === text.length) return clean;
  return `${withoutHalfPair(clean.slice(0, Math.max(0, limit - 1))).trimEnd()}…`;
}

/** A cut may fall between the two halves of a surrogate pair. */
function withoutHalfPair(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}

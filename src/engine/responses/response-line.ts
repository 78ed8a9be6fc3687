import { RESPONSE_CODES } from './codes.js';

/** The parts of a response line; `null` where the line lacks one. */
export interface ResponseLine {
  readonly status: Status | null;
  readonly tagged: 'tagged' | 'untagged' | 'bare';
  /** Upper case. */
  readonly code: string | null;
  /** The text behind the code inside the brackets, e.g. the address in `[WEBALERT https://...]`. */
  readonly args: string;
  /** Human-readable text without status and code. */
  readonly text: string;
}

export type Status = 'OK' | 'NO' | 'BAD' | 'BYE' | 'PREAUTH' | 'DATA' | 'CONTINUE';

/** Longest part of a line that is looked at, in characters: a server may send megabytes. */
export const LONGEST_LINE = 4096;

/** `NO text`. It is tried before tags: in `NO No such folder` the first word is the status, and no tag. */
const BARE = /^(OK|NO|BAD|BYE|PREAUTH)(?: +|$)/i;
/** `* NO text`, `A1 NO text` (RFC 9051 section 7.1). */
const AFTER_TAG = /^([^\s"\\{}()]{1,64}) +(OK|NO|BAD|BYE|PREAUTH)(?: +|$)/i;
const DATA = /^\* (?:\d+ [A-Z]+|[A-Z]{3,})(?: |$)/;
const CODE = /^\[([A-Za-z][A-Za-z0-9/_.-]{1,39})(?: ([^\]]*))?\] */;
/** Gmail puts THROTTLED behind its text. */
const SUFFIX_CODE = / \[([A-Z][A-Z0-9-]{3,39})\] *\.?$/;
/** GNU Mailutils puts the command’s name in front: `NO APPEND [TRYCREATE] failed`. */
const INNER_CODE = /^([A-Z]+ )\[([A-Z][A-Z0-9-]{3,39})\] */;
/** Names in brackets and capitals that are folders, not codes. */
const NOT_CODES = new Set(['INBOX', 'GMAIL', 'IMAP', 'MAILBOX']);

/**
 * Takes a response line apart for classification: with a tag, with `*`, or bare, whatever a server may send. Never
 * throws.
 */
export function parseResponseLine(raw: string): ResponseLine {
  const line = raw.slice(0, LONGEST_LINE).trim();
  const bare = BARE.exec(line);
  if (bare !== null) return rest(statusOf(bare[1]!), line.slice(bare[0].length), 'bare');
  const tagged = AFTER_TAG.exec(line);
  if (tagged !== null) return rest(statusOf(tagged[2]!), line.slice(tagged[0].length), tagKind(tagged[1]!));
  if (line.startsWith('+ ') || line === '+') return plain('CONTINUE', 'untagged', line.slice(2));
  if (DATA.test(line)) return plain('DATA', 'untagged', line.slice(2));
  return rest(null, line.startsWith('* ') ? line.slice(2) : line, 'bare');
}

function statusOf(word: string): Status {
  return word.toUpperCase() as Status;
}

function tagKind(tag: string): 'tagged' | 'untagged' {
  return tag === '*' ? 'untagged' : 'tagged';
}

function plain(status: Status, tagged: ResponseLine['tagged'], text: string): ResponseLine {
  return { status, tagged, code: null, args: '', text };
}

function rest(status: Status | null, after: string, tagged: ResponseLine['tagged']): ResponseLine {
  const found = after.startsWith('[') ? CODE.exec(after) : null;
  if (found !== null && isCode(found[1]!, found[2])) {
    return { status, tagged, code: found[1]!.toUpperCase(), args: found[2] ?? '', text: after.slice(found[0].length) };
  }
  const inner = INNER_CODE.exec(after);
  if (inner !== null && RESPONSE_CODES.has(inner[2]!)) {
    return { status, tagged, code: inner[2]!, args: '', text: inner[1]! + after.slice(inner[0].length) };
  }
  const suffix = after.endsWith(']') || after.endsWith('].') ? SUFFIX_CODE.exec(after) : null;
  if (suffix !== null && RESPONSE_CODES.has(suffix[1]!)) {
    return { status, tagged, code: suffix[1]!, args: '', text: after.slice(0, suffix.index) };
  }
  return { status, tagged, code: null, args: '', text: after };
}

/**
 * Whether a word in brackets is a code: `[ALERT]` and `[WEBALERT url]` are, `[Service unavailable.]` and `[Gmail]` are
 * text. A known code counts in any case, but then only with arguments where it takes some: `[Limit exceeded]` is text.
 * An unknown code counts in capitals.
 */
function isCode(atom: string, args: string | undefined): boolean {
  const upper = atom.toUpperCase();
  if (NOT_CODES.has(upper)) return false;
  if (atom === upper) return true;
  const known = RESPONSE_CODES.get(upper);
  return known !== undefined && (args === undefined || known.args);
}

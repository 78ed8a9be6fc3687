import type { Tagged } from '../connection/tagged.js';
import { readCount, readUid } from '../grammar/counters.js';
import type { Response } from '../grammar/response-reader.js';

/** MESSAGELIMIT, the response code (RFC 9738 section 3.1). */
export interface MessageLimit {
  /** The most messages that the server handles in one command; null: it does not say. */
  readonly most: number | null;
  /** The lowest UID that the server handled; null: it names none, as for APPEND. */
  readonly lowest: number | null;
}

const UNTAGGED = /^\* +(?:OK|NO|BAD) +\[MESSAGELIMIT *([^\]]*)\]/i;
const CAPABILITY = /^MESSAGELIMIT=(\d+)$/i;

/** Reads MESSAGELIMIT in an answer, whether OK or NO. */
export function limitIn({ code, codeArgs }: Tagged): MessageLimit | null {
  return code === 'MESSAGELIMIT' ? read(codeArgs) : null;
}

/** Reads MESSAGELIMIT in an untagged response. */
export function untaggedLimit({ text }: Response): MessageLimit | null {
  const code = UNTAGGED.exec(text);
  return code ? read(code[1]!) : null;
}

/** The limit that the server announces from the start (RFC 9738 section 3.3): `MESSAGELIMIT=1000`; null: no limit. */
export function announcedLimit(capabilities: ReadonlySet<string>): number | null {
  const limits = [...capabilities].flatMap((name) => readCount(CAPABILITY.exec(name)?.[1]) || []);
  return limits.length === 0 ? null : Math.min(...limits);
}

function read(args: string): MessageLimit {
  const [most, lowest] = args.trim().split(/ +/);
  return { most: readCount(most) || null, lowest: readUid(lowest) };
}

import type { Side } from '../../words/side.js';
import { isCommand } from './command-group.js';
import { LONGEST_LINE } from './response-line.js';

/** A response as a logger wrote it. */
export interface LoggedLine {
  /** From the tag, or from the status, to the end. */
  readonly line: string;
  /** The command that the log line speaks of, or that the response names; null where neither does. */
  readonly command: string | null;
  /** The side, where a log of imapsync says host1 or host2. */
  readonly side: Side | null;
}

const STATUS = 'OK|NO|BAD|BYE|PREAUTH';
/** `NO text`, in any case. */
const BARE = new RegExp(`^(?:${STATUS})(?= |$)`, 'i');
/** `A1 NO text`. A word before "no" or "ok" is a tag only where it looks like one, for these are English words. */
const TAGGED = new RegExp(`^(?:\\*|[^\\s:]{1,64}) +(?:${STATUS})(?= |$)`);
const TAGGED_ANY_CASE = new RegExp(`^(?:\\*|[a-z]{1,2}|[^\\s:]*\\d[^\\s:]*) +(?:${STATUS})(?= |$)`, 'i');
/**
 * `S: A1 NO text`, `...: 35 NO text`, `<- * BYE text`: a response behind a mark. Other words of the log line come
 * before it.
 */
const BEHIND_MARK = new RegExp(`(?:[:;<>\\]=-] ?['"]?|['"])((?:\\*|[A-Za-z0-9.]{1,32}) (?:${STATUS}) )`, 'g');
/** `12:01:07 A1 NO text`. */
const BEHIND_SPACE = new RegExp(`\\s((?:\\*|[A-Za-z.]{0,16}\\d[A-Za-z0-9.]{0,16}) (?:${STATUS}) )`, 'g');
/** `returned an error: NO text`. */
const WITHOUT_TAG = /[:>=] ?['"]?((?:NO|BAD|BYE) )/g;
/** Python's `('NO', [b'text'])`, `BAD ['text']`, `command: FETCH => text`. */
const TUPLE = /\b(NO|BAD|BYE)['"]?,? \[b?['"](.{0,600}?)['"]\]/;
const ARROW = /\bcommand: [A-Z ]{3,20} => (.+)/;

/** @returns null where the line holds no response of a server */
export function readLogLine(raw: string): LoggedLine | null {
  const text = raw.slice(0, LONGEST_LINE).trim();
  if (BARE.test(text) || TAGGED.test(text) || TAGGED_ANY_CASE.test(text)) return logged('', text);
  const at = lastOf(BEHIND_MARK, text) ?? lastOf(BEHIND_SPACE, text) ?? lastOf(WITHOUT_TAG, text);
  if (at !== null) return logged(text.slice(0, at), text.slice(at));
  const tuple = TUPLE.exec(text);
  if (tuple !== null) return logged(text.slice(0, tuple.index), `${tuple[1]} ${tuple[2]}`);
  const arrow = ARROW.exec(text);
  return arrow === null ? null : logged(text, `NO ${arrow[1]}`);
}

function logged(before: string, line: string): LoggedLine {
  return { line, command: commandIn(before) ?? echoedIn(line), side: sideIn(before) };
}

/** Where the last match's first group begins. */
function lastOf(pattern: RegExp, text: string): number | null {
  let at: number | null = null;
  for (const found of text.matchAll(pattern)) at = found.index + found[0].length - found[1]!.length;
  return at;
}

/** Words that tools put before their quotation of the server. */
const TROUBLE: readonly (readonly [RegExp, string])[] = [
  [/could(?: not|n't) append|appending message/i, 'APPEND'],
  [/could(?: not|n't) (?:be )?(?:fetch|get|parse)/i, 'UID FETCH'],
  [/could(?: not|n't) select|selecting/i, 'SELECT'],
  [/could(?: not|n't) examine/i, 'EXAMINE'],
  [/could(?: not|n't) create|creating folder/i, 'CREATE'],
  [/could(?: not|n't) subscribe/i, 'SUBSCRIBE'],
  [/could(?: not|n't) (?:set|add|store|sync|change)[^:]{0,20} flags?/i, 'UID STORE'],
  [/could(?: not|n't) (?:log ?in|authenticate)|error login|login failed|authentication failure/i, 'LOGIN'],
];

function commandIn(before: string): string | null {
  const sent = /(?:sending|command)[: ]+['"]?(?:[A-Za-z]{0,8}\d+ )?((?:UID )?[A-Z]{4,14})\b/.exec(before)?.[1];
  if (sent !== undefined && isCommand(sent)) return sent;
  return TROUBLE.find(([words]) => words.test(before))?.[1] ?? null;
}

/** `NO [CANNOT] CREATE Mailbox name is too deep` names its command. */
function echoedIn(line: string): string | null {
  const name = /\b(?:NO|BAD) (?:\[[^\]]{1,60}\] )?((?:UID )?[A-Z]{4,14})\b/.exec(line)?.[1];
  return name !== undefined && isCommand(name) ? name : null;
}

function sideIn(before: string): Side | null {
  const host = /\bhost([12])\b/i.exec(before)?.[1];
  return host === undefined ? null : host === '1' ? 'source' : 'destination';
}

import { BadCommand } from './bad-command.js';
import { parseDay } from './dates.js';
import { type NumberSet, parseNumberSet } from './number-set.js';
import { type Arg, textOf } from './tokens.js';

/** A search criterion (RFC 3501 section 6.4.4), as plain data. */
export type SearchKey =
  | { readonly kind: 'all' }
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'recent' }
  | { readonly kind: 'not'; readonly key: SearchKey }
  | { readonly kind: 'or'; readonly keys: readonly SearchKey[] }
  | { readonly kind: 'and'; readonly keys: readonly SearchKey[] }
  | { readonly kind: 'uid' | 'sequence'; readonly set: NumberSet }
  /** `of`: INTERNALDATE, or the Date header. Start of the day in UTC, in milliseconds; `to` is exclusive. */
  | { readonly kind: 'between'; readonly of: 'internal' | 'sent'; readonly from: number; readonly to: number }
  | { readonly kind: 'size'; readonly above: number; readonly below: number }
  | { readonly kind: 'header'; readonly name: string; readonly text: string }
  | { readonly kind: 'bytes'; readonly where: 'body' | 'text'; readonly text: string }
  | { readonly kind: 'modseq'; readonly least: number };

const DAY = 86_400_000;
const EVER = Number.POSITIVE_INFINITY;
const FLAGS: Readonly<Record<string, string>> = {
  ANSWERED: '\\Answered',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
  FLAGGED: '\\Flagged',
  SEEN: '\\Seen',
};
const HEADERS = new Set(['BCC', 'CC', 'FROM', 'SUBJECT', 'TO']);

/** All criteria must hold. @throws BadCommand */
export function parseSearchKeys(args: readonly Arg[]): SearchKey {
  const words = [...args];
  const keys: SearchKey[] = [];
  while (words.length > 0) keys.push(nextKey(words));
  if (keys.length === 0) throw new BadCommand('Missing search arguments');
  return { kind: 'and', keys };
}

function nextKey(words: Arg[]): SearchKey {
  const first = words.shift();
  if (first?.kind === 'list') return parseSearchKeys(first.items);
  const text = textOf(first, 'search key');
  const name = text.toUpperCase();
  const argument = () => textOf(words.shift(), `argument of ${name}`);
  const flag = FLAGS[name] ?? FLAGS[name.replace(/^UN/, '')];
  if (flag) return name in FLAGS ? { kind: 'flag', flag } : { kind: 'not', key: { kind: 'flag', flag } };
  if (HEADERS.has(name)) return { kind: 'header', name, text: argument() };
  if (/^[\d*]/.test(text)) return { kind: 'sequence', set: parseNumberSet(text) };
  switch (name) {
    case 'ALL':
      return { kind: 'all' };
    case 'RECENT':
      return { kind: 'recent' };
    case 'OLD':
      return { kind: 'not', key: { kind: 'recent' } };
    case 'NEW':
      return { kind: 'and', keys: [{ kind: 'recent' }, { kind: 'not', key: { kind: 'flag', flag: '\\Seen' } }] };
    case 'KEYWORD':
      return { kind: 'flag', flag: argument() };
    case 'UNKEYWORD':
      return { kind: 'not', key: { kind: 'flag', flag: argument() } };
    case 'NOT':
      return { kind: 'not', key: nextKey(words) };
    case 'OR':
      return { kind: 'or', keys: [nextKey(words), nextKey(words)] };
    case 'UID':
      return { kind: 'uid', set: parseNumberSet(argument()) };
    case 'HEADER':
      return { kind: 'header', name: argument().toUpperCase(), text: argument() };
    case 'BODY':
    case 'TEXT':
      return { kind: 'bytes', where: name === 'BODY' ? 'body' : 'text', text: argument() };
    case 'LARGER':
      return { kind: 'size', above: numberIn(argument()), below: EVER };
    case 'SMALLER':
      return { kind: 'size', above: -1, below: numberIn(argument()) };
    case 'MODSEQ':
      return { kind: 'modseq', least: numberIn(argument()) };
    default:
      return dateKey(name, argument);
  }
}

function dateKey(name: string, argument: () => string): SearchKey {
  const found = /^(SENT)?(SINCE|BEFORE|ON)$/.exec(name);
  if (!found) throw new BadCommand(`Unknown argument ${name}`);
  const day = parseDay(argument());
  if (day === null) throw new BadCommand('Invalid search date parameter');
  const of = found[1] ? 'sent' : 'internal';
  if (found[2] === 'BEFORE') return { kind: 'between', of, from: -EVER, to: day };
  return { kind: 'between', of, from: day, to: found[2] === 'ON' ? day + DAY : EVER };
}

function numberIn(text: string): number {
  if (!/^\d{1,16}$/.test(text)) throw new BadCommand('Invalid number');
  return Number(text);
}

import { BadInput } from '../../words/bad-input.js';
import type { EntryFacts } from '../../words/decision.js';
import { SIDES } from '../../words/side.js';
import { KINDS } from '../../words/verdict.js';

/** Whether an entry is meant. */
export type Filter = (entry: EntryFacts) => boolean;

type Field = 'code' | 'kind' | 'side' | 'mailbox' | 'folder' | 'command' | 'rule';

/** Code of responses that carry none, in a filter. */
const NO_CODE = 'none';

const SIDE_NAMES: Readonly<Record<string, string>> = { src: 'source', dst: 'destination', dest: 'destination' };

/**
 * A filter as operators write it: terms with blanks between, all of which must hold. `code:OVERQUOTA`,
 * `kind:quota,message-policy` (any of them), `mailbox:ann*`, `folder:"Old mail"`, `side:source`, `command:APPEND`,
 * `rule:engine:double` for what a rule of the classifier or of the engine says, `code:none` for responses without a code; a bare word is looked for in the response, the mailbox and the
 * folder; `!` in front of a term inverts it. Upper and lower case are the same.
 *
 * @throws BadInput  naming the term that cannot be read
 */
export function parseFilter(text: string): Filter {
  const tests = termsOf(text).map(testOf);
  return (entry) => tests.every((test) => test(entry));
}

/** Splits at blanks that stand outside of quotes. */
function termsOf(text: string): string[] {
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) throw new BadInput(`filter ${text}: a quote is not closed`);
  return text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
}

function testOf(term: string): Filter {
  const inverted = term.startsWith('!');
  const test = positive(inverted ? term.slice(1) : term);
  return inverted ? (entry) => !test(entry) : test;
}

function positive(term: string): Filter {
  const colon = /^(code|kind|side|mailbox|folder|command|rule):/i.exec(term);
  if (!colon) {
    const word = bare(term).toLowerCase();
    if (word === '') throw new BadInput(`filter: nothing stands behind !`);
    return ({ response, mailbox, folder }) =>
      [response, mailbox, folder ?? ''].some((text) => text.toLowerCase().includes(word));
  }
  const field = colon[1]!.toLowerCase() as Field;
  const values = term
    .slice(colon[0].length)
    .match(/(?:[^,"]|"[^"]*")+/g)
    ?.map(bare);
  if (!values) throw new BadInput(`filter ${term}: nothing stands behind the colon`);
  const patterns = values.map((value) => patternOf(field, value, term));
  return (entry) => patterns.some((isMeant) => isMeant(fieldOf(field, entry)));
}

function bare(text: string): string {
  return text.replaceAll('"', '');
}

function fieldOf(field: Field, entry: EntryFacts): string {
  switch (field) {
    case 'code':
      return entry.code ?? NO_CODE;
    case 'folder':
      return entry.folder ?? '';
    default:
      return entry[field];
  }
}

/** @returns whether a whole value is meant */
function patternOf(field: Field, value: string, term: string): (given: string) => boolean {
  const wanted = value.toLowerCase();
  const known = field === 'side' ? (SIDE_NAMES[wanted] ?? wanted) : wanted;
  const names: readonly string[] | null = field === 'kind' ? KINDS : field === 'side' ? SIDES : null;
  if (names && !known.includes('*') && !names.includes(known))
    throw new BadInput(`filter ${term}: no such ${field}; there are ${names.join(', ')}`);
  return (given) => isLike(given.toLowerCase(), known.split('*'));
}

/** The pieces stand in the text in this order, the first at its beginning and the last at its end. In linear time. */
export function isLike(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.endsWith(last) && text.length - last.length >= at;
}

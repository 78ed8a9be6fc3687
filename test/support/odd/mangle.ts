import type { Random } from '../../../src/words/clock.js';
import { DROP, type Item, type Reply } from './spec.js';

/** One way in which an answer goes wrong. */
export type Mangling = (items: readonly Item[], random: Random) => readonly Item[];

const line = (item: Item) => (typeof item === 'string' ? item : null);
const at = (items: readonly Item[], random: Random) => Math.floor(random() * items.length);
const tagged = (item: Item) => line(item)?.startsWith('%T ') ?? false;

/** A number in one of the lines becomes another: also in a FETCH row, before its literal. */
function otherNumber(items: readonly Item[], random: Random): Item[] {
  const others = ['0', '-1', '1', '7', '140', '4294967295', '4294967296', '99999999999', 'NIL'];
  const to = others[Math.floor(random() * others.length)]!;
  const chosen = at(items, random);
  return items.map((item, n) => {
    if (n !== chosen) return item;
    if (typeof item === 'string') return someNumber(item, to, random);
    if (!Buffer.isBuffer(item)) return item;
    const end = item.indexOf('\r\n');
    const head = someNumber(item.toString('latin1', 0, end), to, random);
    return Buffer.concat([Buffer.from(head, 'latin1'), item.subarray(end)]);
  });
}

function someNumber(text: string, to: string, random: Random): string {
  const numbers = [...text.matchAll(/\d+/g)];
  const one = numbers[Math.floor(random() * numbers.length)];
  return one === undefined ? text : text.slice(0, one.index) + to + text.slice(one.index + one[0].length);
}

export const MANGLINGS: Readonly<Record<string, Mangling>> = {
  'a line is not said': (items, random) => {
    const chosen = at(items, random);
    return items.filter((item, n) => n !== chosen || tagged(item));
  },
  'a line is said twice': (items, random) => {
    const chosen = at(items, random);
    return items.flatMap((item, n) => (n === chosen && !tagged(item) ? [item, item] : [item]));
  },
  'lines come in another order': (items, random) => {
    const chosen = at(items, random);
    const moved = items[chosen];
    if (moved === undefined || tagged(moved)) return [...items];
    return [moved, ...items.filter((_, n) => n !== chosen)];
  },
  'a number is another': otherNumber,
  'a line is cut short': (items, random) => {
    const chosen = at(items, random);
    return items.map((item, n) => (n === chosen && typeof item === 'string' ? item.slice(0, item.length / 2) : item));
  },
  'something else is said before': (items, random) => {
    const others = [
      '* OK still here',
      '* 3 EXPUNGE',
      '* 12 EXISTS',
      '* 1 FETCH (FLAGS (\\Seen))',
      '* NO warning',
      '* X',
    ];
    return [others[Math.floor(random() * others.length)]!, ...items];
  },
  'the connection drops': (items, random) => [...items.slice(0, at(items, random)), DROP],
  'the server says farewell': () => ['* BYE going down', DROP],
};

/** Instead of doing what the command says. */
export const REFUSALS: Readonly<Record<string, readonly Item[]>> = {
  'it is refused': ['%T NO not today'],
  'it is not understood': ['%T BAD what?'],
};

/** Answers to a command that go wrong as often as `hits` says: each is the number of one such command, from 0. */
export function mangled(command: string, how: string, hits: readonly number[], random: Random): Record<string, Reply> {
  let count = 0;
  return {
    [command]: (context) => {
      if (!hits.includes(count++)) return undefined;
      return REFUSALS[how] ?? MANGLINGS[how]!(context.normal(), random);
    },
  };
}

import { PhraseIndex } from '../phrases.js';
import { wordsOf } from '../words.js';
import { FAULTS } from './fault.js';
import { FOLDERS } from './folder.js';
import { KNOWN } from './known.js';
import { LOGIN } from './login.js';
import { MESSAGES } from './message.js';
import { PRESSURE } from './pressure.js';
import { SPACE } from './space.js';
import { STATE } from './state.js';

/** Wordings of servers by their meaning; the files stand from the particular to the general. */
export const WORDINGS = {
  ...KNOWN,
  ...PRESSURE,
  ...LOGIN,
  ...SPACE,
  ...STATE,
  ...FOLDERS,
  ...MESSAGES,
  ...FAULTS,
} as const;
export type Wording = keyof typeof WORDINGS;

const index = new PhraseIndex<Wording>(WORDINGS);

/** Sizes, UIDs, times: no wording has one, so they are left out. */
const LONG_NUMBER = /\b\d{3,}\b/g;
/** Servers say the same few things thousands of times, each time with another number: what they meant is kept. */
const kept = new Map<string, ReadonlyMap<Wording, string>>();
const MOST_KEPT = 1000;
const LONGEST_KEPT = 300;

/** Every wording that a text has, with the words of the text that say so. */
export function wordingsIn(text: string): ReadonlyMap<Wording, string> {
  const plain = text.replace(LONG_NUMBER, ' ');
  const known = kept.get(plain);
  if (known !== undefined) return known;
  const found = index.scan(wordsOf(plain));
  if (plain.length <= LONGEST_KEPT) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(plain, found);
  }
  return found;
}

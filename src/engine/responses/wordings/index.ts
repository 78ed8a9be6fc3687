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

/** Wordings of servers by their meaning. Files with special wordings come before general ones. */
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

/** Numbers of three digits and more: sizes, UIDs, times. No wording contains one, so they are left out. */
const LONG_NUMBER = /\b\d{3,}\b/g;
/** The result for each text. Servers say the same few things thousands of times, with other numbers. */
const kept = new Map<string, ReadonlyMap<Wording, string>>();
const MOST_KEPT = 1000;
const LONGEST_KEPT = 300;

/** All wordings that a text contains, each with the words that match it. */
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

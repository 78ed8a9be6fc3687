import { indexPhrases } from '../phrases.js';
import { FAULTS } from './fault.js';
import { FOLDERS } from './folder.js';
import { KNOWN } from './known.js';
import { LOGIN } from './login.js';
import { MESSAGES } from './message.js';
import { PRESSURE } from './pressure.js';
import { SPACE } from './space.js';
import { STATE } from './state.js';

/** What servers say, by what they mean; in the order in which the files are read from the particular to the general. */
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

export const wordingIndex = indexPhrases<Wording>(WORDINGS);

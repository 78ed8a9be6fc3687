import type { Grounds } from '../../../src/words/grounds/grounds.js';

/** The grounds of a verdict about a response that a test does not look at. */
export const OF_A_RESPONSE: Grounds = {
  key: 'response',
  status: 'NO',
  code: null,
  phrase: null,
  command: 'APPEND',
  side: 'destination',
};

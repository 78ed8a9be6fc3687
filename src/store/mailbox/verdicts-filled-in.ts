import { z } from 'zod';
import { adviceFromSentence } from '../documents/advice-schema.js';
import type { FormerVersion } from '../documents/document-kind.js';
import { verdictFromSentences } from '../documents/verdict-schema.js';

const advised = z.looseObject({
  state: z.looseObject({ asks: z.unknown().optional() }),
  trouble: z.looseObject({ verdict: z.unknown() }).nullable(),
});

/** Earlier builds wrote sentences: the question of a held mailbox, and advice and reason of its trouble. */
export const verdictsFromSentences: FormerVersion['upgrade'] = (json) => {
  const read = advised.safeParse(json);
  // The schema says what is wrong with it.
  if (!read.success) return json;
  const { state, trouble } = read.data;
  return {
    ...json,
    state: state.asks === undefined ? state : { ...state, asks: adviceFromSentence(state.asks) },
    trouble: trouble && { ...trouble, verdict: verdictFromSentences(trouble.verdict) },
  };
};

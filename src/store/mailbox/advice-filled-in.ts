import { z } from 'zod';
import { adviceFromSentence } from '../documents/advice-schema.js';
import type { FormerVersion } from '../documents/document-kind.js';

const advised = z.looseObject({
  state: z.looseObject({ asks: z.unknown().optional() }),
  trouble: z.looseObject({ verdict: z.looseObject({ advice: z.unknown() }) }).nullable(),
});

/** Earlier builds wrote an advice as a sentence: the question of a held mailbox, and the help against its trouble. */
export const adviceFromSentences: FormerVersion['upgrade'] = (json) => {
  const read = advised.safeParse(json);
  // The schema says what is wrong with it.
  if (!read.success) return json;
  const { state, trouble } = read.data;
  return {
    ...json,
    state: state.asks === undefined ? state : { ...state, asks: adviceFromSentence(state.asks) },
    trouble: trouble && {
      ...trouble,
      verdict: { ...trouble.verdict, advice: adviceFromSentence(trouble.verdict.advice) },
    },
  };
};

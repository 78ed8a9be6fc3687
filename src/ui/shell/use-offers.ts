import { useLayoutEffect, useReducer, useRef } from 'react';
import type { Confirmation } from '../components/Dialog.js';

type Answer = 'yes' | 'no';

interface Offer {
  readonly question: Confirmation;
  readonly still: () => boolean;
  readonly answer: (given: Answer) => void;
}

/**
 * Questions that come up by themselves: each waits until nothing else is asked and nobody types, or the next letter of
 * a word would answer it.
 *
 * @param isFree  as it is in this render
 */
export function useOffers(
  isFree: boolean,
  ask: (question: Confirmation) => Promise<Answer>,
): (question: Confirmation, still: () => boolean) => Promise<Answer> {
  const waiting = useRef<Offer[]>([]);
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  useLayoutEffect(() => {
    const next = isFree ? waiting.current.shift() : undefined;
    if (!next) return;
    if (next.still()) return void ask(next.question).then(next.answer);
    next.answer('no');
    look();
  });
  return (question, still) =>
    new Promise((answer) => {
      waiting.current.push({ question, still, answer });
      look();
    });
}

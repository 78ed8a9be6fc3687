import { useLayoutEffect, useReducer, useRef } from 'react';
import type { Confirmation } from '../components/Dialog.js';
import type { Shell } from './context.js';

type Answer = 'yes' | 'no';
type Ask = (question: Confirmation) => Promise<Answer>;

interface Offer {
  readonly still: () => boolean;
  readonly begin: (ask: Ask) => void;
  /** It came too late. */
  readonly drop: () => void;
}

/**
 * Questions and screens that come up by themselves: each waits until nothing else is asked and nobody types, or the next
 * letter of a word would answer it.
 *
 * @param isFree  as it is in this render
 */
export function useOffers(isFree: boolean, ask: Ask): Pick<Shell, 'offer' | 'whenFree'> {
  const waiting = useRef<Offer[]>([]);
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  useLayoutEffect(() => {
    const next = isFree ? waiting.current.shift() : undefined;
    if (!next) return;
    if (next.still()) return next.begin(ask);
    next.drop();
    look();
  });
  const wait = (offer: Offer): void => {
    waiting.current.push(offer);
    look();
  };
  return {
    offer: (question, still) =>
      new Promise((answer) => {
        wait({ still, begin: (ask) => void ask(question).then(answer), drop: () => answer('no') });
      }),
    whenFree(act, still) {
      const begin = (): void => {
        act();
        look();
      };
      wait({ still, begin, drop: () => undefined });
    },
  };
}

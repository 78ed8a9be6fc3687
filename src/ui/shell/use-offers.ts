import { useLayoutEffect, useReducer, useRef } from 'react';
import type { Confirmation } from '../components/Dialog.js';
import type { Shell } from './context.js';

type Answer = 'yes' | 'no';
type Ask = (question: Confirmation) => Promise<Answer>;

interface Offer {
  readonly still: () => boolean;
  /** @returns once it is answered, where it is a question */
  readonly begin: (ask: Ask) => Promise<unknown> | undefined;
  /** Drops a question that came too late. */
  readonly drop: () => void;
}

/**
 * Questions and screens that come up by themselves: each waits until nothing else is asked and nobody types, or the next
 * letter of a word would answer it.
 *
 * @param isFree  as it is in this render
 * @param close  closes what is asked
 */
export function useOffers(
  isFree: boolean,
  ask: Ask,
  close: () => void,
): Pick<Shell, 'offer' | 'whenFree' | 'reconsider'> {
  const waiting = useRef<Offer[]>([]);
  const asked = useRef<Offer | null>(null);
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  useLayoutEffect(() => {
    const next = isFree ? waiting.current.shift() : undefined;
    if (!next) return;
    if (!next.still()) {
      next.drop();
      return look();
    }
    const answered = next.begin(ask);
    if (!answered) return;
    asked.current = next;
    void answered.then(() => {
      if (asked.current === next) asked.current = null;
    });
  });
  const wait = (offer: Offer): void => {
    waiting.current.push(offer);
    look();
  };
  return {
    offer: (question, still) =>
      new Promise((answer) => {
        wait({ still, begin: (ask) => ask(question).then(answer), drop: () => answer('no') });
      }),
    whenFree(act, still) {
      const begin = (): undefined => {
        act();
        look();
      };
      wait({ still, begin, drop: () => undefined });
    },
    reconsider() {
      if (asked.current?.still() === false) close();
    },
  };
}

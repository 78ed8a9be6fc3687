import { type ReactNode, useRef, useState } from 'react';
import { Dialog } from '../components/Dialog.js';
import type { Shell } from './context.js';

/** Drawn above the screen: in its middle, or in its place. */
export type Overlay = { readonly at: 'middle' | 'page'; readonly node: ReactNode } | null;

interface Overlays {
  readonly overlay: Overlay;
  readonly show: (next: Overlay) => void;
  readonly close: () => void;
  readonly ask: Shell['ask'];
}

/** The one overlay of the shell, and questions in it. @param columns  of the terminal */
export function useOverlay(columns: number): Overlays {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const unanswered = useRef<((answer: 'no') => void) | null>(null);
  const show = (next: Overlay): void => {
    // A question that is covered is answered with no: nothing is done that nobody confirmed.
    unanswered.current?.('no');
    unanswered.current = null;
    setOverlay(next);
  };
  const ask: Shell['ask'] = (question) =>
    new Promise((resolve) => {
      const answer = (given: 'yes' | 'no'): void => {
        unanswered.current = null;
        setOverlay(null);
        resolve(given);
      };
      show({ at: 'middle', node: <Dialog {...question} width={Math.min(70, columns - 8)} onAnswer={answer} /> });
      unanswered.current = resolve;
    });
  return { overlay, show, close: () => show(null), ask };
}

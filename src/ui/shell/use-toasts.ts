import { useLayoutEffect, useReducer } from 'react';
import type { Clock } from '../../words/clock.js';
import { addToast, shownToast, shownUntil, type Toast, type ToastList } from '../components/toast-list.js';

interface Toasts {
  readonly toasts: ToastList;
  readonly toast: (tone: Toast['tone'], text: string) => void;
  /** The one on screen; null once its time is over. */
  readonly seen: Toast | null;
}

/** The messages of the shell: each is on screen for a while, and all are kept to be read again. */
export function useToasts(clock: Clock): Toasts {
  const [toasts, add] = useReducer(addToast, []);
  const [, over] = useReducer((n: number) => n + 1, 0);
  const seen = shownToast(toasts, clock.now());
  useLayoutEffect(() => {
    if (!seen) return;
    const stop = new AbortController();
    void clock.sleep(shownUntil(seen) - clock.now(), stop.signal).then(() => {
      if (!stop.signal.aborted) over();
    });
    return () => stop.abort();
  }, [seen, clock]);
  return { toasts, toast: (tone, text) => add({ at: clock.now(), tone, text }), seen };
}

import { useEffect, useRef, useState } from 'react';
import type { DecisionPreview } from '../../../../protocol/answers.js';
import type { ActionRequest, Selection } from '../../../../words/decision.js';
import { useBatchConsole } from '../../../model/context.js';
import { useShell } from '../../../shell/context.js';

/** The engine's preview of an order. */
export type Previewed =
  | { readonly kind: 'asking'; readonly last: DecisionPreview | null }
  | { readonly kind: 'known'; readonly preview: DecisionPreview }
  | { readonly kind: 'refused'; readonly why: string };

export interface PreviewState {
  readonly now: Previewed;
  /** Asks anew, and shows what was said. */
  readonly renew: (action: ActionRequest) => Promise<Previewed>;
}

/** The engine counts typed text when no key came for so long, in milliseconds. */
const TYPING_MS = 300;

/** Asks for a preview whenever the order changes. @param action null: there is none to ask about */
export function usePreview(action: ActionRequest | null, selection: Selection): PreviewState {
  const { model } = useBatchConsole();
  const { clock } = useShell();
  const [now, set] = useState<Previewed>({ kind: 'asking', last: null });
  const asked = useRef(0);
  const renew = async (request: ActionRequest): Promise<Previewed> => {
    asked.current += 1;
    const turn = asked.current;
    set((before) => ({ kind: 'asking', last: shownOf(before) }));
    const answer = await model.command({ do: 'preview', action: request, selection });
    const said: Previewed = answer.ok
      ? { kind: 'known', preview: answer.preview }
      : { kind: 'refused', why: answer.why };
    // An answer that another question overtook is not shown.
    if (turn === asked.current) set(said);
    return said;
  };
  const key = action === null ? null : JSON.stringify(action);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each other order
  useEffect(() => {
    if (action === null) return;
    const stop = new AbortController();
    const wait = asked.current === 0 ? Promise.resolve() : clock.sleep(TYPING_MS, stop.signal);
    void wait.then(() => (stop.signal.aborted ? undefined : renew(action)));
    return () => stop.abort();
  }, [key]);
  return { now, renew };
}

/** The numbers that are on the screen. */
export function shownOf(previewed: Previewed): DecisionPreview | null {
  if (previewed.kind === 'known') return previewed.preview;
  return previewed.kind === 'asking' ? previewed.last : null;
}

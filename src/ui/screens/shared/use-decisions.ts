import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { DecisionEntity } from '../../../protocol/answers.js';
import type { Granted } from '../../../protocol/commands.js';
import type { Correction } from '../../../words/correction.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { Feed } from '../../model/feed.js';
import { useShell } from '../../shell/context.js';

/** The decisions of operators, the newest first, and their corrections of responses. */
interface Decided {
  readonly decisions: readonly DecisionEntity[];
  readonly corrections: readonly Correction[];
}

export interface DecidedView {
  /** Null until it was told. */
  readonly decided: Decided | null;
  readonly trouble: string | null;
  /** Asks again: there may be others now. */
  readonly renew: () => void;
}

/** Decisions while a screen shows them; what comes of them changes with the batch. */
export function useDecisions(): DecidedView {
  const { model } = useBatchConsole();
  const { clock } = useShell();
  const { batch, failures } = useView();
  const feed = useMemo(
    () => new Feed<Decided, 'decisions'>((command) => model.command(command), clock, decidedIn, { do: 'decisions' }),
    [model, clock],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of them says that a decision may have an outcome
  useEffect(() => feed.changed(), [feed, batch, failures]);
  const { known, trouble } = useSyncExternalStore(feed.subscribe, feed.told);
  return { decided: known, trouble, renew: () => feed.changed() };
}

function decidedIn({ decisions, corrections }: Granted<'decisions'>): Decided {
  return { decisions: [...decisions].sort((a, b) => b.id - a.id), corrections };
}

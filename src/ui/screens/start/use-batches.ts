import { useEffect, useState } from 'react';
import { useShell } from '../../shell/context.js';
import { sortBatches } from './batch-columns.js';
import { useStart } from './context.js';
import type { BatchSummary } from './services.js';

const EVERY_MS = 2_000;

export interface Batches {
  /** Null until they were read. */
  readonly batches: readonly BatchSummary[] | null;
  readonly trouble: string | null;
  readonly reread: () => void;
}

/** The batches of the workspace, read again every two seconds: engines work on some of them. */
export function useBatches(): Batches {
  const { services } = useStart();
  const { clock } = useShell();
  const [read, setRead] = useState<Omit<Batches, 'reread'>>({ batches: null, trouble: null });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads them at once
  useEffect(() => {
    const stop = new AbortController();
    const follow = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const found = await services.batches().then(
          (batches) => ({ batches: sortBatches(batches), trouble: null }),
          (error: unknown) => ({ trouble: error instanceof Error ? error.message : String(error) }),
        );
        if (!stop.signal.aborted) setRead((before) => ({ ...before, ...found }));
        await clock.sleep(EVERY_MS, stop.signal);
      }
    };
    void follow();
    return () => stop.abort();
  }, [services, clock, round]);
  return { ...read, reread: () => setRound((n) => n + 1) };
}

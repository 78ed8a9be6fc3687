import { useEffect, useState } from 'react';
import type { Clock } from '../../words/clock.js';

/** The time, renewed with each full second: for clocks and countdowns, that all turn together. */
export function useNow(clock: Clock, everyMs = 1_000): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const stop = new AbortController();
    const tick = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        await clock.sleep(everyMs - (clock.now() % everyMs), stop.signal);
        if (!stop.signal.aborted) setNow(clock.now());
      }
    };
    void tick();
    return () => stop.abort();
  }, [clock, everyMs]);
  return now;
}

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { NightPace } from '../../../words/night-pace.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { Feed, type Told } from '../../model/feed.js';
import { useShell } from '../../shell/context.js';

/** Under which the last answer is kept: a screen that comes back has it at once. */
const LAST = 'pace as told last';

/**
 * The pace of the whole night, while a screen shows it: asked for again when a stretch of it is over.
 *
 * @returns null where it was not told yet, or is not known
 */
export function useNightPace(): NightPace | null {
  const { model } = useBatchConsole();
  const { clock, kept } = useShell();
  const { now, link } = useView();
  // An engine that came or went tells another one; what was told before is where it begins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said
  const feed = useMemo(() => {
    const before = kept.get(LAST) as Told<NightPace, 'pace'> | undefined;
    return new Feed<NightPace, 'pace'>(
      (command) => model.command(command),
      clock,
      ({ pace }) => pace,
      { do: 'pace' },
      before?.known ?? null,
    );
  }, [model, clock, link.kind]);
  const told = useSyncExternalStore(feed.subscribe, feed.told);
  useEffect(() => void kept.set(LAST, told), [kept, told]);
  const { known, trouble } = told;
  const stretch = known === null ? Math.floor(now / FIRST_MS) : stretchAt(known, now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when a stretch begins, not when it is told
  useEffect(() => {
    const isOld = known === null ? trouble !== null : stretchAt(known, known.until) < stretch;
    if (isOld) feed.changed();
  }, [feed, stretch]);
  return known;
}

/** Milliseconds between two questions as long as nothing is known. */
const FIRST_MS = 10_000;

function stretchAt({ from, stretch }: NightPace, at: number): number {
  return Math.floor((at - from) / stretch);
}

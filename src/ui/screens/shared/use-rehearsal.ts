import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { RehearsalEntity } from '../../../protocol/rehearsal-entity.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { Feed, type Told } from '../../model/feed.js';
import { useShell } from '../../shell/context.js';

/** Under which the last answer is kept: a screen that comes back has it at once. */
const LAST = 'night as played last';
/** The night is played anew after so long, in milliseconds: it costs the engine some work. */
const ANEW_MS = 600_000;

export type ToldRehearsal = Told<RehearsalEntity, 'rehearse'>;

/** The rest of the night as the engine plays it. @param by  the hour that is asked for, milliseconds since the epoch; null: none */
export function useRehearsal(by: number | null): { readonly told: ToldRehearsal; readonly again: () => void } {
  const { model } = useBatchConsole();
  const { clock, kept } = useShell();
  const { now, link } = useView();
  // An engine that came or went plays another one; what was told before is where it begins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said
  const feed = useMemo(
    () =>
      new Feed<RehearsalEntity, 'rehearse'>(
        (command) => model.command(command),
        clock,
        ({ rehearsal }) => rehearsal,
        { do: 'rehearse', by },
        (kept.get(LAST) as ToldRehearsal | undefined)?.known ?? null,
      ),
    [model, clock, link.kind],
  );
  const told = useSyncExternalStore(feed.subscribe, feed.told);
  useEffect(() => void kept.set(LAST, told), [kept, told]);
  useEffect(() => feed.turnTo({ do: 'rehearse', by }), [feed, by]);
  const from = told.known?.from ?? now;
  const isOld = now - from >= ANEW_MS;
  useEffect(() => {
    if (isOld) feed.changed();
  }, [feed, isOld]);
  return { told, again: () => feed.changed() };
}

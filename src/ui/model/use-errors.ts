import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useShell } from '../shell/context.js';
import { useBatchConsole, useView } from './context.js';
import { ErrorFeed, type ErrorsView } from './error-feed.js';

/** Errors while a screen shows them. @param mailbox its id, or null for all */
export function useErrors(mailbox: string | null): ErrorsView {
  const { model } = useBatchConsole();
  const { clock } = useShell();
  const { failures, batch } = useView();
  const feed = useMemo(
    () => new ErrorFeed((command) => model.command(command), clock, mailbox),
    [model, clock, mailbox],
  );
  const open = batch?.errors ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what says that there are others now
  useEffect(() => feed.changed(), [feed, failures, open]);
  return useSyncExternalStore(feed.subscribe, feed.view);
}

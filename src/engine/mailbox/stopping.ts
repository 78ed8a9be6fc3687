import type { Clock } from '../../words/clock.js';

/** Milliseconds that a stop waits for everything in flight: without progress, and in all. */
const WITHOUT_PROGRESS = 2_000;
const IN_ALL = 10_000;
const STEP = 250;

/** An attempt that may have to be stopped. */
export interface Stoppable {
  /** Aborted when the operator orders a stop. */
  readonly halted: AbortSignal;
  /** Aborted when the attempt has ended. */
  readonly over: AbortSignal;
  /** Grows with everything useful that moves on its connections. */
  readonly progress: () => number;
  readonly clock: Clock;
  /** Drops its connections; recovery finds out what was stored. */
  readonly drop: () => void;
}

/**
 * Ends a stop whatever the servers do. It drops the connections when nothing has moved for 2 s, and after 10 s in any
 * case.
 */
export async function dropWhenStuck({ halted, over, progress, clock, drop }: Stoppable): Promise<void> {
  await aborted(AbortSignal.any([halted, over]));
  const ordered = clock.monotonic();
  let moved = ordered;
  let last = progress();
  while (!over.aborted) {
    await clock.sleep(STEP, over);
    if (over.aborted) return;
    const now = clock.monotonic();
    const reached = progress();
    if (reached !== last) moved = now;
    last = reached;
    if (now - moved >= WITHOUT_PROGRESS || now - ordered >= IN_ALL) return drop();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Rejects as soon as the signal aborts, whatever becomes of the promise. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave: () => void = () => undefined;
  const gone = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, gone]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

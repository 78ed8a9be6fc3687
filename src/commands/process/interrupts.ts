import type { RunningEngine } from '../../engine/running-engine.js';
import type { Signals, Timing } from './io.js';

/** Milliseconds that dropping the connections may take before the program ends without it. */
const DROP_WITHIN_MS = 10_000;

/** Calls the listener when the operator interrupts, or the terminal goes. @returns how to stop listening */
export function onInterrupt(io: Signals, listener: () => void): () => void {
  const stops = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => io.onSignal(signal, listener));
  return () => {
    for (const stopListening of stops) stopListening();
  };
}

export interface Interrupts {
  /** Resolves a while after a second interrupt, if the engine has not ended by itself. */
  readonly overdue: Promise<void>;
  /** How often the operator asked to stop. */
  count(): number;
  release(): void;
}

/**
 * The first SIGINT or SIGTERM ends what is in flight, the second drops the connections at once. SIGHUP (the
 * terminal is gone) stops nothing: the copy goes on, `nightferry status` and `stop` reach it.
 */
export function listenForInterrupts(engine: RunningEngine, io: Timing & Signals): Interrupts {
  const released = new AbortController();
  let asked = 0;
  let giveUp: () => void = () => undefined;
  const overdue = new Promise<void>((resolve) => {
    giveUp = resolve;
  });
  const stop = async (): Promise<void> => {
    asked += 1;
    if (asked > 2) return;
    const command = engine.command({ do: 'stop', how: asked === 1 ? 'drain' : 'now', mailbox: null });
    if (asked === 2) {
      await io.clock.sleep(DROP_WITHIN_MS, released.signal);
      giveUp();
    }
    await command;
  };
  // The engine's own log reports a stop that it refuses. A third interrupt must not crash us.
  const ask = () => void stop().catch(() => undefined);
  const deaf = [io.onSignal('SIGINT', ask), io.onSignal('SIGTERM', ask), io.onSignal('SIGHUP', () => undefined)];
  return {
    overdue,
    count: () => asked,
    release() {
      released.abort();
      for (const stopListening of deaf) stopListening();
    },
  };
}

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { serveEngine } from '../../src/engine/host/server.js';
import { systemClock } from '../../src/words/clock.js';
import { BusyEngine } from './busy-engine.js';

/** Questions of the bench to this process, and answers. */
export type Ask = 'busy' | 'idle' | 'measure' | 'report';
export interface Report {
  /** The longest time that the event loop did not turn since `measure`, in milliseconds. */
  readonly longestGapMs: number;
  /** Heap and buffers in use after a collection, in bytes. */
  readonly memory: number;
}

const UPDATE_EVERY_MS = 250;

// A process of its own, started by the bench with a channel: the engine behind a socket.
const [, , path = ''] = process.argv;
const engine = new BusyEngine(systemClock);
await serveEngine(engine, { path, batch: 'busy', program: 'bench', clock: systemClock });
const gaps = monitorEventLoopDelay({ resolution: 1 });
gaps.enable();
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let updates: NodeJS.Timeout | null = setInterval(() => engine.update(), UPDATE_EVERY_MS);

process.on('message', (ask: Ask) => {
  switch (ask) {
    case 'busy':
      updates ??= setInterval(() => engine.update(), UPDATE_EVERY_MS);
      break;
    case 'idle':
      if (updates) clearInterval(updates);
      updates = null;
      break;
    case 'measure':
      collect();
      gaps.reset();
      break;
    case 'report': {
      const longestGapMs = gaps.max / 1e6;
      collect();
      const { heapUsed, external, arrayBuffers } = process.memoryUsage();
      process.send?.({ longestGapMs, memory: heapUsed + external + arrayBuffers } satisfies Report);
    }
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

import type { EngineEvent } from '../../protocol/events.js';
import type { LineSink } from './line-sink.js';

/** One way to print a run: it is shown every event, in order, and writes lines. */
export interface Printer {
  show(event: EngineEvent): void;
}

/**
 * @param now    milliseconds since the epoch, for how often progress is due
 * @param typed  the batch as it is typed after a command
 */
export type MakePrinter = (sink: LineSink, now: () => number, typed: string) => Printer;

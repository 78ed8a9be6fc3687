import { type Instant, PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { EngineEvent } from '../../protocol/events.js';
import type { Weight } from './line-sink.js';
import type { MakePrinter } from './printer.js';

/** A mailbox that only counted further is worth a line this often. */
const PROGRESS_EVERY_MS = 1_000;

/** One JSON object a line, for scripts: docs/json-lines.md says what each field is. */
export const jsonPrinter: MakePrinter = (sink, now) => {
  const shown = new Map<string, { state: string; at: Instant }>();
  const print = (event: EngineEvent, weight: Weight) => sink.write(jsonLine(event, now()), weight);
  const isDue = (key: string, state: string): boolean => {
    const last = shown.get(key);
    const due = last?.state !== state || Math.abs(now() - last.at) >= PROGRESS_EVERY_MS;
    if (due) shown.set(key, { state, at: now() });
    return due;
  };
  return {
    show(event) {
      switch (event.type) {
        case 'batch':
          if (isDue('', event.batch.state)) print(event, 'progress');
          break;
        case 'mailbox': {
          const { id, state } = event.mailbox;
          const changed = shown.get(id)?.state !== state.kind;
          if (isDue(id, state.kind)) print(event, changed ? 'lasting' : 'progress');
          break;
        }
        case 'log':
          print(event, event.line.level === 'error' || event.line.level === 'warn' ? 'lasting' : 'progress');
          break;
        case 'failure':
        case 'end':
          print(event, 'lasting');
          break;
      }
    },
  };
};

/** An event as one line: `v` and `at` first, then the event as the protocol has it. */
export function jsonLine(event: EngineEvent, at: Instant): string {
  return JSON.stringify({ v: PROTOCOL_VERSION, at, ...event });
}

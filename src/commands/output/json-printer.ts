import { type Instant, PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { EngineEvent } from '../../protocol/events.js';
import type { Advice } from '../../words/advice/advice.js';
import { adviceText } from '../../words/advice/advice-text.js';
import type { Grounds } from '../../words/grounds/grounds.js';
import { groundsText } from '../../words/grounds/grounds-text.js';
import type { Verdict } from '../../words/verdict.js';
import type { Weight } from './line-sink.js';
import type { MakePrinter } from './printer.js';

/** Milliseconds between two lines of a mailbox that only counted further. */
const PROGRESS_EVERY_MS = 1_000;

/** One JSON object a line, for scripts: docs/json-lines.md says what each field is. */
export const jsonPrinter: MakePrinter = (sink, now, typed) => {
  const shown = new Map<string, { state: string; at: Instant }>();
  const print = (event: EngineEvent, weight: Weight) => sink.write(jsonLine(event, now(), typed), weight);
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

/**
 * An event as one line: `v` and `at` first, then the event as the protocol has it, its advice in words.
 *
 * @param typed  the batch as it is typed after a command
 */
export function jsonLine(event: EngineEvent, at: Instant, typed: string): string {
  return jsonForScripts({ v: PROTOCOL_VERSION, at, ...event }, typed);
}

/** Fields that hold an advice, wherever they stand. */
const ADVISING = ['advice', 'asks'] as const;

/**
 * Plain data as JSON for scripts. An advice is a sentence there, as people read it, and its key stands beside it:
 * `"advice": "The destination is full. ...", "adviceKey": "full mailbox"`. The grounds of a verdict are `reason` and
 * `reasonKey`.
 *
 * @param typed  the batch as it is typed after a command
 */
export function jsonForScripts(data: unknown, typed: string): string {
  return JSON.stringify(data, (_, value: unknown) => (isRecord(value) ? withSentences(value, typed) : value));
}

function withSentences(value: Readonly<Record<string, unknown>>, typed: string): Readonly<Record<string, unknown>> {
  let shown = value;
  for (const field of ADVISING) {
    const advice = value[field];
    if (isKeyed<Advice>(advice)) shown = { ...shown, [field]: adviceText(advice, typed), [`${field}Key`]: advice.key };
  }
  return isVerdict(shown) ? reasoned(shown) : shown;
}

/** The grounds of a verdict as a sentence, `reason`, and their key; what Nightferry found itself as data too. */
function reasoned({ grounds, ...verdict }: Judged): Readonly<Record<string, unknown>> {
  const reason = { reason: groundsText({ rule: verdict.rule, grounds }), reasonKey: grounds.key };
  return { ...verdict, ...reason, ...(grounds.key === 'found' ? { found: grounds.found } : null) };
}

type Judged = Readonly<Record<string, unknown>> & Pick<Verdict, 'rule' | 'grounds'>;

function isVerdict(value: Readonly<Record<string, unknown>>): value is Judged {
  return typeof value.rule === 'string' && isKeyed<Grounds>(value.grounds);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of these fields nothing else is an object. */
function isKeyed<Keyed extends { readonly key: string }>(value: unknown): value is Keyed {
  return isRecord(value) && typeof value.key === 'string';
}

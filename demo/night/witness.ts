import type { StateChange } from '../../src/protocol/entities.js';
import type { EngineEvent } from '../../src/protocol/events.js';
import { reasonText } from '../../src/words/reason-text.js';
import type { Sight } from './beat.js';

const MINUTE = 60_000;

/** Characters that no text of a server may bring to a terminal: C0, DEL, C1, and what reorders. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** Sees what a console sees, and remembers what the story asks about. */
export class Witness {
  readonly #states = new Map<string, Map<number, StateChange>>();
  readonly #failures: { readonly mailbox: string; readonly kind: string; readonly response: string }[] = [];
  readonly #log: { readonly mailbox: string | null; readonly text: string }[] = [];
  /** Texts that would have reached the terminal as they came. */
  readonly harmful: string[] = [];

  note(event: EngineEvent): void {
    for (const text of textsOf(event.type === 'mailbox' ? inLines(event) : event))
      if (HARMFUL.test(text)) this.harmful.push(JSON.stringify(text));
    switch (event.type) {
      case 'mailbox': {
        const { email, history } = event.mailbox;
        const known = this.#states.get(email) ?? new Map<number, StateChange>();
        this.#states.set(email, known);
        for (const change of history) known.set(change.at, change);
        break;
      }
      case 'failure':
        this.#failures.push({
          mailbox: event.failure.mailbox,
          kind: event.failure.verdict.kind,
          response: event.failure.response,
        });
        break;
      case 'log':
        this.#log.push(event.line);
    }
  }

  saw(email: string, sight: Sight): boolean {
    const states = this.#statesOf(email);
    switch (sight.sees) {
      case 'failure':
        return this.#failures.some(
          ({ mailbox, kind, response }) => mailbox === email && kind === sight.kind && sight.says.test(response),
        );
      case 'state':
        return states.some(({ kind, because }) => kind === sight.state && sight.says.test(reasonText(because)));
      case 'rest':
        return restedFor(states, sight.says) >= sight.minutes * MINUTE;
      case 'log':
        return this.#log.some(({ mailbox, text }) => mailbox === email && sight.says.test(text));
    }
  }

  /** For the report of what was not seen. */
  statesText(email: string): string {
    return this.#statesOf(email)
      .map(({ kind, because }) => (because === null ? kind : `${kind} (${reasonText(because)})`))
      .join(', ');
  }

  #statesOf(email: string): StateChange[] {
    return [...(this.#states.get(email)?.values() ?? [])].sort((a, b) => a.at - b.at);
  }
}

/** Milliseconds spent backing off with this reason; a rest that has not ended does not count. */
function restedFor(states: readonly StateChange[], says: RegExp): number {
  return states.reduce((sum, { kind, because, at }, index) => {
    const next = states[index + 1];
    return kind === 'backing-off' && says.test(reasonText(because)) && next ? sum + next.at - at : sum;
  }, 0);
}

/** The letter to a provider has lines of its own; what stands in them is looked at as everything else. */
function inLines({ mailbox }: Extract<EngineEvent, { type: 'mailbox' }>): unknown {
  return { ...mailbox, provider: mailbox.provider?.text.split('\n') };
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* textsOf(each);
}

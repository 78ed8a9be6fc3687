import type { Instant } from '../../protocol/entities.js';
import type { Random } from '../../words/clock.js';
import type { Reason } from '../../words/reason.js';
import type { Verdict } from '../../words/verdict.js';
import { MAILBOXES_BEFORE_CIRCUIT, restAfter } from '../responses/pace.js';

/** The state of a circuit. In `probing` one mailbox tries, and its id is kept. */
export type CircuitState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly until: Instant; readonly because: string }
  | { readonly kind: 'probing'; readonly until: Instant; readonly because: string; readonly mailbox: string };

/** The reason for which a mailbox may not connect now. The caller knows the side. */
type Barred = OnEither<Extract<Reason, { key: 'circuit' | 'after circuit' | 'shared login tried' }>>;
type OnEither<R> = R extends Reason ? Omit<R, 'side'> : never;

export interface Bar {
  /** A question before then has the same answer. */
  readonly until: Instant;
  readonly why: Barred;
}

/**
 * Milliseconds after a circuit has closed in which mailboxes come back one after the other. A hundred logins at once
 * would open it again.
 */
const GENTLE_FOR = 10 * 60_000;
/** Milliseconds between two of these. The gap is drawn from half to one and a half times. */
const GENTLE_GAP = 1000;
/** Milliseconds after which a connection is given up, so the next look is due then at the latest. */
const PROBE_TIME = 30_000;

/**
 * Leaves an endpoint alone when three mailboxes in a row met something that concerns all: its limit, its maintenance,
 * or no way to it. It waits once for all of them, as one mailbox would, and then a single one tries.
 */
export class Circuit {
  #state: CircuitState = { kind: 'closed' };
  /** Mailboxes that met such a thing since the last success. */
  readonly #met = new Set<string>();
  /** How many waits there were in a row. */
  #waits = 0;
  #gentleUntil: Instant = 0;
  #nextAt: Instant = 0;

  constructor(private readonly random: Random) {}

  get state(): CircuitState {
    return this.#state;
  }

  /**
   * Whether a mailbox may connect now; null: it may. Asking changes nothing.
   *
   * @param how  `by order`: it may try before its time, alone
   */
  bars(now: Instant, how: 'in turn' | 'by order'): Bar | null {
    const state = this.#state;
    switch (state.kind) {
      case 'open':
        if (state.until <= now || how === 'by order') return null;
        return { until: state.until, why: { key: 'circuit', response: state.because, probe: 'to come' } };
      case 'probing':
        return {
          until: state.until > now ? state.until : now + PROBE_TIME,
          why: { key: 'circuit', response: state.because, probe: 'at work' },
        };
      case 'closed':
        return this.#nextAt > now ? { until: this.#nextAt, why: { key: 'after circuit' } } : null;
    }
  }

  /** Whether this mailbox is the one that tries. */
  isTriedBy(mailbox: string): boolean {
    return this.#state.kind === 'probing' && this.#state.mailbox === mailbox;
  }

  /** A mailbox connects, because {@link bars} allowed it. */
  enter(mailbox: string, now: Instant): void {
    if (this.#state.kind === 'open') {
      this.#state = { kind: 'probing', mailbox, until: now + PROBE_TIME, because: this.#state.because };
    } else if (now < this.#gentleUntil) {
      this.#nextAt = now + GENTLE_GAP * (0.5 + this.random());
    }
  }

  /** A login succeeded, or was answered by something that concerns one mailbox only: the endpoint can be reached. */
  answered(now: Instant): void {
    if (this.#state.kind !== 'closed') this.#gentleUntil = now + GENTLE_FOR;
    this.#state = { kind: 'closed' };
    this.#met.clear();
    this.#waits = 0;
  }

  /**
   * A mailbox met something of scope `endpoint`, or the one that tried had no answer.
   *
   * @param because  the response, sanitised
   */
  met(mailbox: string, verdict: Verdict, because: string, now: Instant): void {
    this.#met.add(mailbox);
    const opens = this.#state.kind === 'closed' ? this.#met.size >= MAILBOXES_BEFORE_CIRCUIT : this.isTriedBy(mailbox);
    // Mailboxes that were under way when the circuit opened say nothing new.
    if (!opens) return;
    this.#waits++;
    this.#state = { kind: 'open', until: now + restAfter(verdict, this.#waits, this.random()), because };
  }

  /** A mailbox has ended, perhaps stopped before it had an answer. If it was the one that tried, another one tries. */
  left(mailbox: string, now: Instant): void {
    const state = this.#state;
    if (state.kind === 'probing' && state.mailbox === mailbox)
      this.#state = { kind: 'open', until: now, because: state.because };
  }
}

import type { Batch, PlanRow } from '../store/batch.js';
import type { Clock, Random } from '../words/clock.js';
import { SIDES, type Side } from '../words/side.js';
import type { Admission, Governor, Permit, Place, Standing } from './governor.js';
import { Ceiling, type Round } from './governor-ceiling.js';
import { Circuit } from './governor-circuit.js';
import { loginName } from './login-name.js';
import type { PassFailure } from './pass-failure.js';
import { sanitise } from './responses/sanitise.js';

/** Connections of a mailbox on a side, for which it is configured. */
const LINES_OF_A_MAILBOX = 2;
/** Characters of a response that those who wait are told. */
const REASON = 120;

export interface GovernorParts {
  readonly batch: Pick<Batch, 'source' | 'destination'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Mailboxes at work at once, as it is set now. */
  readonly concurrency: () => number;
  /** Mailboxes that wait, and may yet ask for a place. */
  readonly waiting: () => number;
  /** Who had to wait may ask again. */
  readonly onRoom: () => void;
  readonly say: (level: 'info' | 'warn', text: string) => void;
}

/** Counts for this process; each side by itself, also where both are one server. */
export class LocalGovernor implements Governor {
  readonly #sides: Readonly<Record<Side, Endpoint>>;
  #places = 0;

  constructor(private readonly parts: GovernorParts) {
    const endpoint = (side: Side) =>
      new Endpoint(side, parts, () => Math.min(parts.waiting(), Math.max(0, parts.concurrency() - this.#places)));
    this.#sides = { source: endpoint('source'), destination: endpoint('destination') };
  }

  admit(row: PlanRow, how: 'in turn' | 'by order'): Admission {
    const now = this.parts.clock.now();
    for (const side of SIDES) {
      const bar = this.#sides[side].circuit.bars(now, how);
      if (bar) return { kind: 'wait', until: bar.until, why: `${side}: ${bar.why}` };
    }
    for (const side of SIDES) {
      const full = this.#sides[side].full(row);
      if (full) {
        const why = `${side} bears ${full.allowed(now)} ${full.allowed(now) === 1 ? 'connection' : 'connections'}`;
        return { kind: 'wait', until: full.raisedAt(now), why };
      }
    }
    const first = {
      source: this.#sides.source.enter(row),
      destination: this.#sides.destination.enter(row),
    };
    this.#places++;
    return { kind: 'place', place: this.#place(row, first) };
  }

  standing(side: Side): Standing {
    const { address, circuit } = this.#sides[side];
    const { state } = circuit;
    return {
      allowed: address.allowed(this.parts.clock.now()),
      circuit: state.kind === 'closed' ? null : { until: state.until, because: state.because },
    };
  }

  #place(row: PlanRow, first: Readonly<Record<Side, LocalPermit>>): Place {
    const given = new Set<Side>();
    let there = true;
    return {
      line: (side) => {
        if (given.has(side)) return this.#sides[side].extra(row);
        given.add(side);
        return first[side];
      },
      failed: (failure) => this.#sides[failure.side].failed(row, failure, first[failure.side]),
      leave: () => {
        if (!there) return;
        there = false;
        this.#places--;
        for (const side of SIDES) {
          if (!given.has(side)) first[side].closed();
          this.#sides[side].circuit.left(row.id, this.parts.clock.now());
        }
        this.parts.onRoom();
      },
    };
  }
}

/** One side: its address, its logins, its circuit. */
class Endpoint {
  readonly address: Ceiling;
  readonly circuit: Circuit;
  readonly #logins = new Map<string, Ceiling>();
  readonly #configured: () => number;
  /** One login opens all mailboxes. */
  readonly #isShared: boolean;

  /** @param toCome  mailboxes that will want their first connection beside those at work */
  constructor(
    private readonly side: Side,
    private readonly parts: GovernorParts,
    private readonly toCome: () => number,
  ) {
    this.#configured = () => parts.concurrency() * LINES_OF_A_MAILBOX;
    this.address = new Ceiling(this.#configured);
    this.circuit = new Circuit(parts.random);
    const nameOf = (user: string) => loginName(parts.batch[side], { email: `${user}@x` }, user).user;
    this.#isShared = nameOf('a') === nameOf('b');
  }

  get now(): number {
    return this.parts.clock.now();
  }

  /** The ceiling that has no room for a mailbox's first connection; null: there is room. */
  full(row: PlanRow): Ceiling | null {
    return [this.address, this.#login(row)].find((ceiling) => !ceiling.hasRoom(this.now)) ?? null;
  }

  enter(row: PlanRow): LocalPermit {
    this.circuit.enter(row.id, this.now);
    return this.#permit(row);
  }

  /** One that the mailbox can do without: what others cannot do without is kept for them. */
  extra(row: PlanRow): Permit | null {
    const toCome = this.toCome();
    const room =
      this.address.hasRoom(this.now, toCome) && this.#login(row).hasRoom(this.now, this.#isShared ? toCome : 0);
    return room ? this.#permit(row) : null;
  }

  failed(row: PlanRow, failure: PassFailure, { rounds }: Pick<LocalPermit, 'rounds'>): void {
    const { verdict } = failure;
    if (verdict.kind === 'throttled') {
      if (verdict.scope === 'endpoint') this.address.toldOff(rounds.address, this.now);
      else this.#login(row).toldOff(rounds.login, this.now);
    }
    if (verdict.scope === 'endpoint') this.#met(row, failure);
  }

  #permit(row: PlanRow): LocalPermit {
    const login = this.#login(row);
    const rounds = { address: this.address.take(), login: login.take() };
    let counts = true;
    const closed = () => {
      if (!counts) return;
      counts = false;
      this.address.give();
      login.give();
      this.parts.onRoom();
    };
    return {
      rounds,
      closed,
      reached: () => this.#answered(),
      refused: (failure, by) => {
        const { verdict } = failure;
        if (verdict.kind === 'throttled' && counts) {
          if (verdict.scope === 'endpoint') this.address.refused(rounds.address, this.now);
          else login.refused(rounds.login, this.now);
        }
        closed();
        if (verdict.scope !== 'endpoint' && by === 'server') this.#answered();
        else if (verdict.scope === 'endpoint' || this.circuit.isTriedBy(row.id)) this.#met(row, failure);
      },
    };
  }

  #met(row: PlanRow, failure: PassFailure): void {
    const wasClosed = this.circuit.state.kind === 'closed';
    this.circuit.met(row.id, failure.verdict, reasonOf(failure), this.now);
    const { state } = this.circuit;
    if (!wasClosed || state.kind !== 'open') return;
    const until = new Date(state.until).toISOString().slice(11, 19);
    this.parts.say('warn', `${this.side}: circuit open until ${until} UTC, then one mailbox tries: ${state.because}`);
  }

  #answered(): void {
    const wasOpen = this.circuit.state.kind !== 'closed';
    this.circuit.answered(this.now);
    if (!wasOpen) return;
    this.parts.say('info', `${this.side}: it answers again, the mailboxes go on one after the other`);
    this.parts.onRoom();
  }

  #login(row: PlanRow): Ceiling {
    const user = this.side === 'source' ? row.sourceUser : row.destinationUser;
    const name = loginName(this.parts.batch[this.side], row, user).user;
    let login = this.#logins.get(name);
    if (!login) {
      login = new Ceiling(this.#configured);
      this.#logins.set(name, login);
    }
    return login;
  }
}

interface LocalPermit extends Permit {
  readonly rounds: { readonly address: Round; readonly login: Round };
}

function reasonOf({ response }: PassFailure): string {
  return sanitise(response, REASON);
}

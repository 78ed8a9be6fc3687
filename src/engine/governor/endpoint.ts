import type { Endpoint, PlanRow } from '../../store/batch/batch.js';
import { type EndpointKey, type Endpoints, endpointAt, endpointName, userOn } from '../../store/batch/endpoints.js';
import { loginName } from '../../store/batch/login-name.js';
import type { Clock, Random } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import { showClock } from '../../words/times.js';
import type { Servers } from '../profiles/servers.js';
import type { PassFailure } from '../responses/pass-failure.js';
import { sanitise } from '../responses/sanitise.js';
import { Ceiling, type Round } from './ceiling.js';
import { type Bar, Circuit } from './circuit.js';
import { FirstLogin } from './first-login.js';
import type { Permit } from './governor.js';

/** Connections of a mailbox on a side, as configured. */
const LINES_OF_A_MAILBOX = 2;
/** Milliseconds in which a login has succeeded, failed or is given up. */
const LOGIN_TIME = 30_000;
/** Characters of a response that are shown to waiting mailboxes. */
const REASON = 120;

export interface GovernorParts {
  readonly batch: Endpoints;
  readonly servers: Pick<Servers, 'of'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether this mailbox's credential serves many on this side. */
  readonly shared: (side: Side, row: PlanRow) => boolean;
  /** How many mailboxes may be at work at once, now. */
  readonly concurrency: () => number;
  /** Mailboxes that wait and may still ask for a place. */
  readonly waiting: () => number;
  /** Called when mailboxes that had to wait may ask again. */
  readonly onRoom: () => void;
  readonly say: (level: 'info' | 'warn', text: string) => void;
}

/** An instant of the clock that never jumps, by the clock on the wall as it stands. */
export function onTheWall(clock: Clock, at: number): number {
  return at - clock.monotonic() + clock.now();
}

/** The counts of one endpoint: its address, its logins, its circuit. */
export class EndpointCounts {
  readonly address: Ceiling;
  readonly circuit: Circuit;
  readonly #firstLogin = new FirstLogin();
  readonly #logins = new Map<string, Ceiling>();
  readonly #configured: () => number;
  /** Whether one login opens all mailboxes. */
  readonly #isShared: boolean;
  readonly #endpoint: Endpoint;
  /** Its name in lines of the log. */
  readonly #name: string;

  /** @param toCome  mailboxes that will want their first connection, besides those at work */
  constructor(
    private readonly side: Side,
    private readonly key: EndpointKey,
    private readonly parts: GovernorParts,
    private readonly toCome: () => number,
  ) {
    this.#configured = () => parts.concurrency() * LINES_OF_A_MAILBOX;
    this.address = new Ceiling(this.#configured, () => parts.servers.of(side, key).values.connectionsOfAddress);
    this.circuit = new Circuit(parts.random);
    this.#endpoint = endpointAt(parts.batch, side, key);
    this.#name = endpointName(parts.batch, side, key);
    const nameOf = (user: string) => loginName(this.#endpoint, { email: `${user}@x` }, user).user;
    this.#isShared = nameOf('a') === nameOf('b');
  }

  /** Monotonic milliseconds, like all instants that ceilings and circuits keep. */
  get now(): number {
    return this.parts.clock.monotonic();
  }

  /** Bars a mailbox while another one tries a login that both share. */
  tries(row: PlanRow): Bar | null {
    if (!this.#firstLogin.isTried || !this.parts.shared(this.side, row)) return null;
    return { until: this.now + LOGIN_TIME, why: { key: 'shared login tried' } };
  }

  /** The ceiling that has no room for a mailbox's first connection; null: there is room. */
  full(row: PlanRow): Ceiling | null {
    return [this.address, this.#login(row)].find((ceiling) => !ceiling.hasRoom(this.now)) ?? null;
  }

  enter(row: PlanRow): CountedPermit {
    this.circuit.enter(row.id, this.now);
    if (this.parts.shared(this.side, row)) this.#firstLogin.enter(row.id);
    return this.#permit(row);
  }

  left(row: PlanRow): void {
    this.circuit.left(row.id, this.now);
    this.#firstLogin.left(row.id);
  }

  /** Asks for a connection that the mailbox can do without. Connections that others need are kept for them. */
  extra(row: PlanRow): Permit | null {
    const toCome = this.toCome();
    const room =
      this.address.hasRoom(this.now, toCome) && this.#login(row).hasRoom(this.now, this.#isShared ? toCome : 0);
    return room ? this.#permit(row) : null;
  }

  /**
   * Gives a connection in place of another that is about to be closed. Its room is free as soon as that one is closed.
   */
  instead(row: PlanRow): Permit {
    return this.#permit(row);
  }

  /**
   * Gives one connection that only looks; null: the address or the login was found to bear fewer than are asked for.
   */
  look(row: PlanRow): (() => void) | null {
    const login = this.#login(row);
    if (this.circuit.state.kind !== 'closed' || this.circuit.bars(this.now, 'in turn') !== null) return null;
    if (this.parts.shared(this.side, row) && !this.#firstLogin.hasWorked) return null;
    if (this.address.bears(this.now) !== null || login.bears(this.now) !== null) return null;
    if (!this.address.hasRoom(this.now) || !login.hasRoom(this.now)) return null;
    return this.#permit(row).closed;
  }

  failed(row: PlanRow, failure: PassFailure, { rounds }: Pick<CountedPermit, 'rounds'>): void {
    const { verdict } = failure;
    if (verdict.kind === 'throttled') {
      if (verdict.scope === 'endpoint') this.address.toldOff(rounds.address, this.now);
      else this.#login(row).toldOff(rounds.login, this.now);
    }
    if (verdict.scope === 'endpoint') this.#met(row, failure);
  }

  #permit(row: PlanRow): CountedPermit {
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
      reached: () => {
        if (this.parts.shared(this.side, row)) this.#loggedIn();
        this.#answered();
      },
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
    const { clock } = this.parts;
    const until = showClock(onTheWall(clock, state.until));
    this.parts.say('warn', `${this.#name}: left alone until ${until} UTC, then one mailbox tries: ${state.because}`);
  }

  #loggedIn(): void {
    const wasTried = this.#firstLogin.isTried;
    this.#firstLogin.worked();
    if (wasTried) this.parts.onRoom();
  }

  #answered(): void {
    const wasOpen = this.circuit.state.kind !== 'closed';
    this.circuit.answered(this.now);
    if (!wasOpen) return;
    this.parts.say('info', `${this.#name}: it answers again, the mailboxes go on one after the other`);
    this.parts.onRoom();
  }

  #login(row: PlanRow): Ceiling {
    const user = userOn(this.side, row);
    const name = loginName(this.#endpoint, row, user).user;
    let login = this.#logins.get(name);
    if (!login) {
      // A login that opens all mailboxes does not count as the login of a user.
      login = new Ceiling(this.#configured, () =>
        this.#isShared ? null : this.parts.servers.of(this.side, this.key).values.connectionsOfLogin,
      );
      this.#logins.set(name, login);
    }
    return login;
  }
}

/** A permit, with the rounds of the ceilings that gave it. */
export interface CountedPermit extends Permit {
  readonly rounds: { readonly address: Round; readonly login: Round };
}

function reasonOf({ response }: PassFailure): string {
  return sanitise(response, REASON);
}

import type { Instant } from '../../protocol/entities.js';
import type { PlanRow } from '../../store/batch/batch.js';
import {
  type Endpoints,
  endpointKey,
  endpointKeys,
  endpointOf,
  type Located,
  userOn,
} from '../../store/batch/endpoints.js';
import type { Budget } from '../../store/batch/limits.js';
import type { SpentFile } from '../../store/budgets/spent-file.js';
import type { Clock } from '../../words/clock.js';
import { SIDES, type Side } from '../../words/side.js';
import { budgetsOf } from '../profiles/profile.js';
import type { Servers } from '../profiles/servers.js';
import { Allowance, type Metered } from './allowance.js';
import { Meter } from './meter.js';
import { type Amount, restsFor } from './rolling-day.js';
import { SteadyTime } from './steady-time.js';

export interface AllowancesParts {
  readonly batch: Endpoints;
  readonly servers: Pick<Servers, 'of'>;
  readonly clock: Clock;
  /** Where what was moved is kept. @param of  names an account or an endpoint the same way in every batch */
  readonly file: (of: string) => SpentFile;
}

/** Whoever lives at the endpoints of the batch itself. */
const EVERYBODY: Located = { at: null };

/** The allowances of a batch: each account, and each endpoint, has one meter however many ask. */
export class Allowances {
  readonly #meters = new Map<string, Promise<Meter>>();
  readonly #opened = new Map<string, Meter>();
  readonly #open = new Map<string, Allowance>();

  readonly #time: SteadyTime;

  constructor(private readonly parts: AllowancesParts) {
    this.#time = new SteadyTime(parts.clock);
  }

  /** The allowance of a mailbox; null: nobody limits it. @throws BadInput, DiskTrouble */
  async of(row: PlanRow): Promise<Allowance | null> {
    const meters = await Promise.all(SIDES.flatMap((side) => this.#metersOf(side, row)));
    if (meters.length === 0) return null;
    const allowance = new Allowance(meters);
    this.#open.set(row.id, allowance);
    return allowance;
  }

  /** Milliseconds that a mailbox will rest until so much is moved, from a moment on. */
  restsFor(row: PlanRow, amount: Amount, from: Instant): number {
    const open = this.#open.get(row.id);
    if (open) return open.restsFor(amount, from);
    // Nobody looked what was moved of it today: most likely nothing was.
    const own = SIDES.flatMap((side) => this.#budgets(side, row)).filter(({ of }) => of === 'account');
    return Math.max(0, ...own.map((budget) => restsFor([], budget, amount, from)));
  }

  /** The same until all mailboxes of the batch have moved so much; 0 where they are at several endpoints. */
  restsForAll(amount: Amount, from: Instant): number {
    const rests = SIDES.filter((side) => endpointKeys(this.parts.batch, side).length === 1).flatMap((side) => {
      const meter = this.#opened.get(this.#endpointOf(side, EVERYBODY));
      if (meter) return [meter.restsFor(amount, from)];
      const all = this.#budgets(side, EVERYBODY).filter(({ of }) => of === 'endpoint');
      return all.map((budget) => restsFor([], budget, amount, from));
    });
    return Math.max(0, ...rests);
  }

  #budgets(side: Side, row: Located): readonly Budget[] {
    const { batch, servers } = this.parts;
    return budgetsOf(endpointOf(batch, side, row).limits, servers.of(side, endpointKey(side, row)), side);
  }

  /** Reading and writing are allowances of their own, also where one server is both sides. */
  #endpointOf(side: Side, row: Located): string {
    const { host, port } = endpointOf(this.parts.batch, side, row);
    return `${host}:${port}, ${side === 'source' ? 'read from' : 'written to'}`;
  }

  #metersOf(side: Side, row: PlanRow): readonly Promise<Metered>[] {
    const budgets = this.#budgets(side, row);
    const user = userOn(side, row);
    const own = budgets.filter(({ of }) => of === 'account');
    const all = budgets.filter(({ of }) => of === 'endpoint');
    return [
      ...(own.length === 0 ? [] : [this.#meter(side, `${user.toLowerCase()} at ${this.#endpointOf(side, row)}`, own)]),
      ...(all.length === 0 ? [] : [this.#meter(side, this.#endpointOf(side, row), all)]),
    ];
  }

  async #meter(side: Side, of: string, budgets: readonly Budget[]): Promise<Metered> {
    const { file } = this.parts;
    let meter = this.#meters.get(of);
    if (!meter) {
      meter = Meter.open(file(of), budgets, this.#time);
      this.#meters.set(of, meter);
      // Whoever comes next reads anew a file that could not be read.
      meter.catch(() => this.#meters.delete(of));
    }
    const opened = await meter;
    this.#opened.set(of, opened);
    return { side, meter: opened };
  }
}

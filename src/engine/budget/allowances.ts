import type { PlanRow } from '../../store/batch/batch.js';
import { type Endpoints, endpointKey, endpointOf } from '../../store/batch/endpoints.js';
import type { Budget } from '../../store/batch/limits.js';
import type { SpentFile } from '../../store/budgets/spent-file.js';
import type { Clock } from '../../words/clock.js';
import { SIDES, type Side } from '../../words/side.js';
import { budgetsOf } from '../profiles/profile.js';
import type { Servers } from '../profiles/servers.js';
import { Allowance, type Metered } from './allowance.js';
import { Meter } from './meter.js';
import type { Amount } from './rolling-day.js';

export interface AllowancesParts {
  readonly batch: Endpoints;
  readonly servers: Pick<Servers, 'of'>;
  readonly clock: Clock;
  /** Where what was moved is kept. @param of  names an account or an endpoint the same way in every batch */
  readonly file: (of: string) => SpentFile;
}

/** The allowances of a batch: each account, and each endpoint, has one meter however many ask. */
export class Allowances {
  readonly #meters = new Map<string, Promise<Meter>>();
  readonly #open = new Map<string, Allowance>();

  constructor(private readonly parts: AllowancesParts) {}

  /** The allowance of a mailbox; null: nobody limits it. @throws BadInput, DiskTrouble */
  async of(row: PlanRow): Promise<Allowance | null> {
    const meters = await Promise.all(SIDES.flatMap((side) => this.#metersOf(side, row)));
    if (meters.length === 0) return null;
    const allowance = new Allowance(meters);
    this.#open.set(row.id, allowance);
    return allowance;
  }

  /** Milliseconds that a mailbox will rest until so much is moved, from a moment on. */
  restsFor(id: string, amount: Amount, from: number): number {
    return this.#open.get(id)?.restsFor(amount, from) ?? 0;
  }

  #metersOf(side: Side, row: PlanRow): readonly Promise<Metered>[] {
    const { batch, servers } = this.parts;
    const { host, port, limits } = endpointOf(batch, side, row);
    const budgets = budgetsOf(limits, servers.of(side, endpointKey(side, row)), side);
    const user = side === 'source' ? row.sourceUser : row.destinationUser;
    const own = budgets.filter(({ of }) => of === 'account');
    const all = budgets.filter(({ of }) => of === 'endpoint');
    // Reading and writing are allowances of their own, also where one server is both sides.
    const way = side === 'source' ? 'read from' : 'written to';
    return [
      ...(own.length === 0 ? [] : [this.#meter(side, `${user.toLowerCase()} at ${host}:${port}, ${way}`, own)]),
      ...(all.length === 0 ? [] : [this.#meter(side, `${host}:${port}, ${way}`, all)]),
    ];
  }

  async #meter(side: Side, of: string, budgets: readonly Budget[]): Promise<Metered> {
    const { clock, file } = this.parts;
    let meter = this.#meters.get(of);
    if (!meter) {
      meter = Meter.open(file(of), budgets, clock);
      this.#meters.set(of, meter);
      // Whoever comes next reads anew a file that could not be read.
      meter.catch(() => this.#meters.delete(of));
    }
    return { side, meter: await meter };
  }
}

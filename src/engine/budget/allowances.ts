import type { Instant } from '../../protocol/entities.js';
import type { PlanRow } from '../../store/batch/batch.js';
import { endpointKeys, type Located } from '../../store/batch/endpoints.js';
import type { SpentFile } from '../../store/budgets/spent-file.js';
import type { Clock } from '../../words/clock.js';
import { SIDES } from '../../words/side.js';
import { Allowance, type Metered } from './allowance.js';
import { Meter } from './meter.js';
import { type AllowanceSources, budgetsAt, type MeteredBy, meterOfEndpoint, metersOf } from './metered-by.js';
import { type Amount, restsFor } from './rolling-day.js';
import { SteadyTime } from './steady-time.js';

export interface AllowancesParts extends AllowanceSources {
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
    const meters = await Promise.all(metersOf(this.parts, row).map((metered) => this.#meter(metered)));
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
    const own = SIDES.flatMap((side) => budgetsAt(this.parts, side, row)).filter(({ of }) => of === 'account');
    return Math.max(0, ...own.map((budget) => restsFor([], budget, amount, from)));
  }

  /** The same until all mailboxes of the batch have moved so much; 0 where they are at several endpoints. */
  restsForAll(amount: Amount, from: Instant): number {
    const rests = SIDES.filter((side) => endpointKeys(this.parts.batch, side).length === 1).flatMap((side) => {
      const meter = this.#opened.get(meterOfEndpoint(this.parts.batch, side, EVERYBODY));
      if (meter) return [meter.restsFor(amount, from)];
      const all = budgetsAt(this.parts, side, EVERYBODY).filter(({ of }) => of === 'endpoint');
      return all.map((budget) => restsFor([], budget, amount, from));
    });
    return Math.max(0, ...rests);
  }

  async #meter({ side, of, budgets }: MeteredBy): Promise<Metered> {
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

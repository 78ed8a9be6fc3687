import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Batch } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { systemClock } from '../../words/clock.js';
import { formerPace, spentBefore } from './gather.js';
import type { Sorted } from './loads.js';
import type { Night } from './night.js';
import type { Pace } from './pace.js';
import { type Rehearsal, rehearse } from './rehearse.js';
import type { Rehearsed } from './rehearsed.js';
import { Slices } from './slices.js';
import { whatHelps } from './what-helps.js';

/** A batch of which the night is to be played. */
export interface RehearsalOrder {
  readonly batch: Batch;
  readonly sorted: Sorted;
  readonly workspace: Workspace;
  /** Milliseconds since the epoch; nothing starts before `now`. */
  readonly now: number;
  readonly from: number;
  /** Null: no hour was asked for. */
  readonly by: number | null;
}

/** A fixed seed, so that the same plan has the same answer. */
const SEED = 20_260_601;
/** How many nights are drawn. With many mailboxes, chance evens out in each night. */
const DRAWS = { few: 60, many: 20 } as const;
const MANY = 1_000;

/** How much work a rehearsal does. */
interface Effort {
  /** Nights that are drawn; null: as many as the number of mailboxes asks for. */
  readonly draws: number | null;
  readonly slices: Slices;
}

/** Milliseconds for which nobody else has a turn. */
const SLICE = 25;
/** The effort of a program that does nothing else. Its slices end so that it hears of a key that ends it. */
const whole = (): Effort => ({
  draws: null,
  slices: new Slices(systemClock, SLICE, async () => void (await nextTurn())),
});

/** Plays the night of a batch, by what is known of its servers and of today, and what would help. @throws BadInput, DiskTrouble */
export async function rehearseNight(order: RehearsalOrder, effort: Effort = whole()): Promise<Rehearsed> {
  const { night, pace } = await nightOf(order);
  const { sorted, now, by } = order;
  const rehearsal = await playMany(night, pace, by, effort);
  if (night.loads.length === 0) return { sorted, rehearsal, helps: [] };
  const { slices } = effort;
  return {
    sorted,
    rehearsal,
    helps: await whatHelps(night, pace, { by, now, before: rehearsal.mailboxes, seed: rehearsal.seed, slices }),
  };
}

/** The short answer: as {@link rehearseNight}, without what would help.  @throws BadInput, DiskTrouble */
export async function rehearseShortly(order: RehearsalOrder): Promise<Rehearsed> {
  const { night, pace } = await nightOf(order);
  return { sorted: order.sorted, rehearsal: await playMany(night, pace, order.by, whole()), helps: [] };
}

async function nightOf({ batch, sorted: { loads }, workspace, from }: RehearsalOrder) {
  const [pace, spent] = await Promise.all([
    formerPace(workspace, batch),
    spentBefore(batch, (of) => workspace.spent(of, batch.name)),
  ]);
  return { night: { batch, from, loads, spent }, pace };
}

function playMany(night: Night, pace: Pace, by: number | null, { draws, slices }: Effort): Promise<Rehearsal> {
  const most = night.loads.length > MANY ? DRAWS.many : DRAWS.few;
  return rehearse(night, pace, { by, draws: draws ?? most, seed: SEED, slices });
}

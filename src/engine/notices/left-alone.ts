import type { Told } from '../../store/batch/notices.js';
import { SIDES, type Side } from '../../words/side.js';
import type { Decided } from './needs.js';
import type { News } from './notice.js';
import { dueAt, type Pace, toldNow } from './pace.js';
import { leftAloneAt, type Standing } from './standing.js';

/** Of a side: when it was told, and whether this engine has seen the circuit open. */
interface KnownCircuit {
  readonly pace: Pace | null;
  readonly wasOpen: boolean;
}
export type KnownCircuits = Readonly<Record<Side, KnownCircuit>>;

export const NO_CIRCUITS: KnownCircuits = {
  source: { pace: null, wasOpen: false },
  destination: { pace: null, wasOpen: false },
};

/** Tells that a server is left alone, once until it has answered. One that comes and goes is told of more and more rarely. */
export function decideLeftAlone(
  told: Told['alone'],
  circuits: KnownCircuits,
  standing: Standing,
): Decided<{ readonly told: Told['alone']; readonly circuits: KnownCircuits }> {
  const news: News[] = [];
  let lookAt = Number.POSITIVE_INFINITY;
  const nextTold = { ...told };
  const next = { ...circuits };
  for (const side of SIDES) {
    const open = leftAloneAt(standing, side);
    const { pace, wasOpen } = circuits[side];
    if (open === null) {
      // An engine that has just begun knows of no circuit: what an earlier one told holds until the server answers.
      if (wasOpen || standing.isAnswered) nextTold[side] = null;
      next[side] = { pace, wasOpen: false };
      continue;
    }
    next[side] = { pace, wasOpen: true };
    if (told[side] !== null) continue;
    if (dueAt(pace) > standing.moment) {
      lookAt = Math.min(lookAt, dueAt(pace));
      continue;
    }
    nextTold[side] = standing.now;
    next[side] = { pace: toldNow(pace, standing.moment), wasOpen: true };
    news.push({ event: 'server-left-alone', side, server: open.name, until: open.until, because: open.because });
  }
  return { news, memory: { told: nextTold, circuits: next }, lookAt };
}

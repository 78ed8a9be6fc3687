import type { Told } from '../../store/batch/notices.js';
import type { Decided } from './needs.js';
import type { Standing } from './standing.js';

/**
 * A server that says nothing is given up after 5 minutes and tried again: three such rounds without anything to show
 * are no hiccup. In milliseconds.
 */
export const STALLED_AFTER = 15 * 60_000;
/** Addresses in one notice. */
const EXAMPLES = 5;

/** How long something has been at work without anything coming of it. */
export interface Silence {
  readonly progress: string;
  /** Milliseconds at work since the last progress; rests between attempts do not count. */
  readonly lasted: number;
  readonly lookedAt: number;
  readonly wasAtWork: boolean;
}

/** Tells that nothing moves though something is at work, once until something moves. */
export function decideStall(
  told: Told['stalled'],
  before: Silence | null,
  { now, moment, atWork, progress }: Standing,
): Decided<{ readonly told: Told['stalled']; readonly silence: Silence }> {
  const moved = before !== null && before.progress !== progress;
  const passed = before?.wasAtWork ? moment - before.lookedAt : 0;
  const lasted = moved || before === null ? 0 : before.lasted + passed;
  const silence = { progress, lasted, lookedAt: moment, wasAtWork: atWork.length > 0 };
  const stands = moved ? null : told;
  const lookAt =
    silence.wasAtWork && stands === null && lasted < STALLED_AFTER
      ? moment + STALLED_AFTER - lasted
      : Number.POSITIVE_INFINITY;
  if (!silence.wasAtWork || stands !== null || lasted < STALLED_AFTER)
    return { news: [], memory: { told: stands, silence }, lookAt };
  const examples = atWork.slice(0, EXAMPLES).map(({ email }) => email);
  return {
    news: [{ event: 'stalled', silentFor: lasted, mailboxes: atWork.length, examples }],
    memory: { told: now, silence },
    lookAt,
  };
}

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
  /** By id of a mailbox that was at work since: the attempt that it was in first. */
  readonly attempts: ReadonlyMap<string, number>;
}

/** Tells that nothing moves though something is at work, once until something moves. */
export function decideStall(
  told: Told['stalled'],
  before: Silence | null,
  standing: Standing,
): Decided<{ readonly told: Told['stalled']; readonly silence: Silence }> {
  const { now, moment, atWork } = standing;
  const { silence, moved } = listen(before, standing);
  const stands = moved ? null : told;
  const never = Number.POSITIVE_INFINITY;
  if (!silence.wasAtWork || stands !== null) return { news: [], memory: { told: stands, silence }, lookAt: never };
  const { lasted } = silence;
  if (lasted < STALLED_AFTER)
    return { news: [], memory: { told: stands, silence }, lookAt: moment + STALLED_AFTER - lasted };
  const examples = atWork.slice(0, EXAMPLES).map(({ email }) => email);
  return {
    news: [{ event: 'stalled', silentFor: lasted, mailboxes: atWork.length, examples }],
    memory: { told: now, silence },
    lookAt: never,
  };
}

function listen(
  before: Silence | null,
  { moment, atWork, progress }: Standing,
): { readonly silence: Silence; readonly moved: boolean } {
  const now = { progress, lookedAt: moment, wasAtWork: atWork.length > 0 };
  const attempts = new Map(atWork.map((mailbox) => [mailbox.id, mailbox.attempts]));
  if (before === null) return { silence: { ...now, lasted: 0, attempts }, moved: false };
  if (before.progress !== progress) return { silence: { ...now, lasted: 0, attempts }, moved: true };
  const known = new Map([...attempts, ...before.attempts]);
  // A large message is alive while its bytes move. The bytes of a further attempt come to nothing as long as nothing is settled.
  const bytesMove = atWork.some(
    ({ id, rate, attempts: attempt }) => (rate.bytes > 0 || rate.messages > 0) && known.get(id) === attempt,
  );
  if (bytesMove) return { silence: { ...now, lasted: 0, attempts: known }, moved: true };
  const lasted = before.lasted + (before.wasAtWork ? moment - before.lookedAt : 0);
  return { silence: { ...now, lasted, attempts: known }, moved: false };
}

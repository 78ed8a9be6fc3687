import type { MailboxPass, PassRefusal } from '../../../store/mailbox/pass-schema.js';
import type { SeenAttempt } from '../seen.js';
import type { Amounts } from './habits.js';

/** One time that a server refused an account and served it again. */
export interface Episode {
  /** Served since it began, or served again. */
  readonly served: Amounts;
  readonly refusal: PassRefusal;
  readonly openedAt: number;
  readonly refusedAt: number;
  /** When it was tried in vain for the last time; the same as `refusedAt` where the next try was let in. */
  readonly lastInVain: number;
  /** The moment that the server named; null: it named none. */
  readonly namedAt: number | null;
  /** When it served again; null: never, as far as is known. */
  readonly servedAgainAt: number | null;
}

/** The time in which an account was served, since it began or began again. */
type Stretch = Pick<Episode, 'openedAt' | 'served'>;

const NOTHING: Amounts = { messages: 0, bytes: 0, work: 0 };

/** A throttle of the server: it asks an account that it let in to wait. */
export const isThrottled = (refusal: MailboxPass['refusal']): refusal is PassRefusal =>
  refusal !== null && refusal.kind === 'throttled' && refusal.during === 'work';

/** The throttles that a mailbox met, in the order of time. @param attempts  of one mailbox, in the order of time */
export function episodesOf(attempts: readonly SeenAttempt[]): readonly Episode[] {
  const over: Episode[] = [];
  let open = null as Episode | null;
  let stretch = null as Stretch | null;
  for (const { from, to, moved, refusal } of attempts) {
    if (moved === null) continue;
    const gotOn = moved.messages > 0 || refusal === null;
    if (open !== null && gotOn) {
      over.push({ ...open, servedAgainAt: from });
      open = null;
      stretch = null;
    }
    const { openedAt, served }: Stretch = stretch ?? { openedAt: from, served: NOTHING };
    stretch = {
      openedAt,
      served: {
        messages: served.messages + moved.messages,
        bytes: served.bytes + moved.bytes,
        work: served.work + (to - from),
      },
    };
    if (!isThrottled(refusal)) continue;
    const namedAt: number | null = refusal.waitSeconds > 0 ? to + refusal.waitSeconds * 1000 : null;
    open =
      open === null
        ? { ...stretch, refusal, refusedAt: to, lastInVain: to, namedAt, servedAgainAt: null }
        : { ...open, lastInVain: to, namedAt };
  }
  return open === null ? over : [...over, open];
}

import type { MailboxEntity } from '../../protocol/entities.js';
import type { Told } from '../../store/batch/notices.js';
import { byCause, markOf, type NeedsOfCause } from './need-cause.js';
import type { News } from './notice.js';
import { dueAt, type Pace, toldNow } from './pace.js';
import type { Standing } from './standing.js';

/** Milliseconds from the first mailbox of a cause until it is told: the others that meet it are in the same notice. */
const GATHER = 10_000;
/** Addresses in one notice. */
const EXAMPLES = 5;

/** The memory of one cause, by its key. */
interface KnownCause {
  readonly pace: Pace | null;
  /** Since when a mailbox waits to be told of; null: none does. */
  readonly since: number | null;
}
export type KnownCauses = ReadonlyMap<string, KnownCause>;

/** The news to tell, the memory of it, and when to look again without an event. */
export interface Decided<M> {
  readonly news: readonly News[];
  readonly memory: M;
  /** By the clock that never jumps; infinite: never. */
  readonly lookAt: number;
}

/**
 * Tells of mailboxes that need their operator: a notice a cause, once all who meet it together were waited for, and
 * again only with mailboxes that were not told of.
 */
export function decideNeeds(
  told: Told['mailboxes'],
  causes: KnownCauses,
  standing: Standing,
): Decided<{ readonly told: Told['mailboxes']; readonly causes: KnownCauses }> {
  const { moment, needs, exitCode } = standing;
  const nextTold = new Map(Object.entries(told).filter(([id]) => !standing.well.has(id)));
  const nextCauses = new Map(causes);
  const news: News[] = [];
  let lookAt = Number.POSITIVE_INFINITY;
  for (const group of byCause(needs)) {
    const { key } = group;
    const fresh = group.mailboxes.filter((one) => told[one.id]?.cause !== key || told[one.id]?.mark !== markOf(one));
    const { pace, since } = causes.get(key) ?? { pace: null, since: null };
    if (fresh.length === 0) {
      nextCauses.set(key, { pace, since: null });
      continue;
    }
    const from = since ?? moment;
    const due = exitCode === null ? Math.max(from + GATHER, dueAt(pace)) : moment;
    if (due > moment) {
      nextCauses.set(key, { pace, since: from });
      lookAt = Math.min(lookAt, due);
      continue;
    }
    for (const one of fresh) nextTold.set(one.id, { cause: key, mark: markOf(one) });
    nextCauses.set(key, { pace: toldNow(pace, moment), since: null });
    news.push(newsOf(group, fresh, exitCode === null ? 'runs' : 'ended'));
  }
  return { news, memory: { told: Object.fromEntries(nextTold), causes: nextCauses }, lookAt };
}

function newsOf(group: NeedsOfCause, fresh: readonly MailboxEntity[], engine: 'runs' | 'ended'): News {
  const { cause, mailboxes, messages } = group;
  return {
    event: 'needs-you',
    cause,
    mailboxes: mailboxes.length,
    fresh: fresh.length,
    engine,
    examples: fresh.slice(0, EXAMPLES).map(({ email }) => email),
    messages,
  };
}

import type { Told } from '../../store/batch/notices.js';
import type { Need } from './cause-of.js';
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
  for (const [key, group] of byKey(needs)) {
    const fresh = group.filter(({ id, mark }) => told[id]?.cause !== key || told[id].mark !== mark);
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
    for (const { id, mark } of fresh) nextTold.set(id, { cause: key, mark });
    nextCauses.set(key, { pace: toldNow(pace, moment), since: null });
    news.push(newsOf(group, fresh, exitCode === null ? 'runs' : 'ended'));
  }
  return { news, memory: { told: Object.fromEntries(nextTold), causes: nextCauses }, lookAt };
}

function byKey(needs: readonly Need[]): ReadonlyMap<string, readonly Need[]> {
  const groups = new Map<string, Need[]>();
  for (const need of needs) {
    const group = groups.get(need.key);
    if (group) group.push(need);
    else groups.set(need.key, [need]);
  }
  return groups;
}

function newsOf(group: readonly Need[], fresh: readonly Need[], engine: 'runs' | 'ended'): News {
  // Of mailboxes that were held together only one heard the server's words.
  const { cause } = group.find((need) => need.cause.code !== null) ?? group[0]!;
  return {
    event: 'needs-you',
    cause,
    mailboxes: group.length,
    fresh: fresh.length,
    engine,
    examples: fresh.slice(0, EXAMPLES).map(({ email }) => email),
    messages: group.reduce((sum, { messages }) => sum + messages, 0),
  };
}

import type { Instant } from '../../protocol/entities.js';
import type { Halt } from '../../protocol/rehearsal-entity.js';
import type { Played } from './night.js';

/** The cause that keeps a mailbox from being done by an hour: something that it waits or rests for, or its own work alone. */
export type LateBecause = Halt | { readonly key: 'work' };

/** Mailboxes that are late because of one thing. */
export interface LateGroup {
  readonly because: LateBecause;
  /** In the order of the plan. */
  readonly mailboxes: readonly Played[];
}

export const isDoneBy = ({ doneAt }: Played, by: Instant): boolean => doneAt !== null && doneAt <= by;

/** Mailboxes that are not done by an hour, by what took most of their time until then; the largest group first. */
export function lateGroups(mailboxes: readonly Played[], from: Instant, by: Instant): readonly LateGroup[] {
  const groups = new Map<string, { because: LateBecause; mailboxes: Played[] }>();
  for (const one of mailboxes) {
    if (isDoneBy(one, by)) continue;
    const because = whyLate(one, from, by);
    const key = JSON.stringify(because);
    const group = groups.get(key) ?? { because, mailboxes: [] };
    groups.set(key, group);
    group.mailboxes.push(one);
  }
  return [...groups.values()].sort((a, b) => b.mailboxes.length - a.mailboxes.length);
}

function whyLate({ stretches, waited }: Played, from: Instant, by: Instant): LateBecause {
  const sums = new Map<string, { because: LateBecause; ms: number }>();
  const add = (because: LateBecause, ms: number) => {
    const key = JSON.stringify(because);
    sums.set(key, { because, ms: (sums.get(key)?.ms ?? 0) + ms });
  };
  const [first] = stretches;
  // Before its first start the mailbox waited for several things. Each has its part of that wait.
  const firstWait = first?.kind === 'waits' ? first.to : first === undefined ? by : from;
  const whole = waited.reduce((sum, { ms }) => sum + ms, 0);
  const part = whole > 0 ? Math.min(1, (Math.min(firstWait, by) - from) / whole) : 0;
  for (const { why, ms } of waited) add(why, ms * part);
  for (const stretch of stretches) {
    const ms = Math.min(by, stretch.to) - Math.max(from, stretch.from);
    if (ms <= 0 || (stretch === first && stretch.kind === 'waits' && waited.length > 0)) continue;
    add(stretch.kind === 'works' ? { key: 'work' } : stretch.why, ms);
  }
  const [most] = [...sums.values()].sort((a, b) => b.ms - a.ms);
  return most?.because ?? { key: 'work' };
}

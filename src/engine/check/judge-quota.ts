import type { Quota } from '../imap/commands/quota.js';
import { type Census, sumOfCensus } from './census.js';
import { type Finding, type FindingKind, finding } from './finding.js';

/** The part of a quota that leaves little room for the mail of tomorrow. */
const ALMOST = 0.9;

/** Whether what comes fits into the quota of the destination. */
export function judgeQuota(census: Pick<Census, 'mailbox' | 'folders' | 'quota'>): readonly Finding[] {
  const { mailbox } = census;
  const { messages, bytes, there } = sumOfCensus(census);
  const { storage, messages: count } = census.quota.destination;
  if (storage === null && count === null)
    return messages === 0 ? [] : [finding('quota-unknown', 'destination', { mailbox, messages, bytes })];
  // Equal messages that are there already are not copied again, so that less may come.
  const holds = there > 0 ? 'mail already' : 'nothing';
  const bySize = storage && fitting(storage, bytes, holds);
  const byCount = count && fitting(count, messages, holds);
  return [
    ...(storage && bySize ? [finding(bySize, 'destination', { mailbox, bytes, limit: roomIn(storage) })] : []),
    ...(count && byCount ? [finding(byCount, 'destination', { mailbox, messages, limit: roomIn(count) })] : []),
  ];
}

const roomIn = ({ limit, used }: Quota) => Math.max(0, limit - used);

/** @returns null where it fits well */
function fitting(quota: Quota, coming: number, holds: 'mail already' | 'nothing'): FindingKind | null {
  if (coming > roomIn(quota)) return holds === 'nothing' ? 'quota-too-small' : 'quota-may-be-short';
  return coming > 0 && quota.used + coming > quota.limit * ALMOST ? 'quota-almost-full' : null;
}

import type { Batch } from '../../store/batch/batch.js';
import type { WhyLeftOut } from '../../words/left-out.js';
import type { Quota } from '../imap/commands/quota.js';
import { type Census, sumOfCensus } from './census.js';
import { type Finding, finding } from './finding.js';

/** Bytes, messages and parts of what is seen by which servers count otherwise than IMAP does. */
const MARGIN = { bytes: 1024 * 1024, messages: 20, part: 0.2 } as const;
/** Folders that are left out and whose mail does not count against the user's quota, or counts elsewhere. */
const NOT_COUNTED: ReadonlySet<WhyLeftOut> = new Set(['shared', 'view', 'no folder']);

/**
 * Mail that counts against the quota of the source, and that no folder shows. Nothing is said where folders or messages
 * are left out on purpose, and of Gmail, whose quota counts other data besides.
 */
export function judgeHidden(census: Census, deleted: Batch['options']['deleted']): readonly Finding[] {
  const { mailbox, folders, refused, leftOut, labels, quota } = census;
  const { messages, bytes, outside } = sumOfCensus(census);
  const isWhole =
    labels === 'none' &&
    outside === 0 &&
    !refused.some(({ side }) => side === 'source') &&
    leftOut.every(({ why }) => NOT_COUNTED.has(why)) &&
    folders.every((folder) => folder.sizeUnknown === 0 && (deleted !== 'skip' || folder.deleted === 0));
  if (!isWhole) return [];
  const { storage, messages: count } = quota.source;
  const more = hidden(storage, bytes, MARGIN.bytes);
  if (more !== null) return [finding('quota-above-mail', 'source', { mailbox, bytes: more })];
  const moreMessages = hidden(count, messages, MARGIN.messages);
  return moreMessages === null ? [] : [finding('quota-above-mail', 'source', { mailbox, messages: moreMessages })];
}

function hidden(quota: Quota | null, seen: number, margin: number): number | null {
  if (quota === null) return null;
  const more = quota.used - seen;
  return more > margin && more > seen * MARGIN.part ? more : null;
}

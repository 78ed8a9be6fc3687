import type { MailboxRecord } from '../mailbox/mailbox.js';
import { UidSet } from '../uid/uid-set.js';
import type { Decision, DecisionPart } from './decisions-document.js';

/** Messages of a source folder that no longer count as failed; below 0: they count again. */
export interface LeftOut {
  readonly folder: string;
  readonly messages: number;
}

/**
 * Brings a mailbox's error ledger and counts up to the last decision. Decisions are made in one document and followed
 * in many. A decision that a crash left unfollowed is followed here, and none is followed twice. UID ledgers follow
 * when their folder is next opened.
 *
 * @param decisions  all of the batch, oldest first
 * @returns what was left out, or came back, by folder
 */
export function followDecisions(record: MailboxRecord, decisions: readonly Decision[]): LeftOut[] {
  const { data } = record;
  const changes: LeftOut[] = [];
  const last = decisions.at(-1)?.id ?? 0;
  if (last <= data.decided) return changes;
  for (const decision of decisions) {
    if (decision.id <= data.decided) continue;
    const { action } = decision;
    if (action.do === 'skip') {
      for (const part of partsOf(decision, record.id)) changes.push(...leaveOut(record, part));
    } else if (action.do === 'undo') {
      const undone = decisions.find(({ id }) => id === action.of);
      if (undone?.action.do !== 'skip') continue;
      for (const part of partsOf(undone, record.id))
        if (part.state === 'undone') changes.push(...bringBack(record, part));
    }
  }
  data.decided = last;
  return changes;
}

function partsOf({ scope }: Decision, mailbox: string): DecisionPart[] {
  return scope.filter((part) => part.mailbox === mailbox);
}

function leaveOut(record: MailboxRecord, { folder, uids, entry }: DecisionPart): LeftOut[] {
  if (entry !== null) record.errors.accept(entry, true);
  if (folder === null || uids === '') return [];
  return counted(record, folder, record.errors.skip(folder, UidSet.parse(uids)).size);
}

function bringBack(record: MailboxRecord, { folder, uids, entry }: DecisionPart): LeftOut[] {
  if (entry !== null) record.errors.accept(entry, false);
  if (folder === null || uids === '') return [];
  // The UID ledger may leave these messages out, whatever the error ledger knows of them.
  for (const known of record.data.folders) if (known.source === folder) known.settledAt = null;
  return counted(record, folder, -record.errors.unskip(folder, UidSet.parse(uids)).size);
}

function counted({ data }: MailboxRecord, folder: string, messages: number): LeftOut[] {
  if (messages === 0) return [];
  for (const known of data.folders) {
    if (known.source !== folder) continue;
    known.counts = leftOut(known.counts, messages);
    // The folder may have something left to do after all.
    known.settledAt = null;
  }
  data.counts = leftOut(data.counts, messages);
  return [{ folder, messages }];
}

interface Counted {
  readonly skipped: number;
  readonly failed: number;
  readonly left: number;
}

/** The counts after messages were left out: first of the failed ones, then of those that were to be tried again. */
export function leftOut<T extends Counted>(counts: T, messages: number): T {
  const failed = Math.max(0, counts.failed - messages);
  const left = Math.max(0, counts.left - (messages - (counts.failed - failed)));
  return { ...counts, skipped: Math.max(0, counts.skipped + messages), failed, left };
}

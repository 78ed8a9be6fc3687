import { type Expected, isThrough, type MailboxEntity } from '../../protocol/entities.js';
import type { Look } from '../../store/looks/looks.js';

/** Sums over the mailboxes of which it is known what they hold. */
export interface KnownExpectations {
  readonly mailboxes: number;
  readonly messages: number;
  /** Bytes, and the messages that these are of: of some only the number is known. */
  readonly bytes: number;
  readonly weighed: number;
}

/** The expected size of a batch. */
export interface ExpectedInAll {
  readonly messages: number;
  /** Null: no size is known of any. */
  readonly bytes: number | null;
  /** Mailboxes that nobody has looked into: they are taken for ones like the others. */
  readonly unseen: number;
}

/** A mailbox, and a message, where nobody told what they are like. */
export interface Middling {
  /** Messages of a mailbox. */
  readonly messages: number;
  /** Bytes of a message; null: no size is known of any. */
  readonly bytesEach: number | null;
}

/** A mailbox whose messages are so many times larger than those of most is one of few: one of 12 MB says nothing of the others. */
const MOST_TIMES = 2.5;

/** Mailboxes and messages are taken to be as they are on average; those that stand out by far count less. */
export function middlingOf(all: Iterable<Pick<Expected, 'messages' | 'bytes' | 'weighed'> | null>): Middling {
  const known = [...all].filter((one) => one !== null);
  const weighed = known.filter((one) => one.weighed > 0);
  const messages = known.length === 0 ? 0 : known.reduce((sum, one) => sum + one.messages, 0) / known.length;
  if (weighed.length === 0) return { messages, bytesEach: null };
  const sizes = weighed.map(({ bytes, weighed: count }) => bytes / count).sort((a, b) => a - b);
  const most = MOST_TIMES * sizes[Math.floor((sizes.length - 1) / 2)]!;
  const bytes = weighed.reduce((sum, one) => sum + Math.min(one.bytes, most * one.weighed), 0);
  return { messages, bytesEach: bytes / weighed.reduce((sum, one) => sum + one.weighed, 0) };
}

/** The size of all mailboxes, those that nobody looked into taken for middling ones. */
export function expectedInAll(mailboxes: number, known: KnownExpectations, middling: Middling): ExpectedInAll {
  const unseen = Math.max(0, mailboxes - known.mailboxes);
  const each = known.mailboxes === 0 ? 0 : known.messages / known.mailboxes;
  const messages = Math.round(known.messages + unseen * each);
  const { bytesEach } = middling;
  const bytes = bytesEach === null ? null : known.bytes + Math.max(0, messages - known.weighed) * bytesEach;
  return { messages, bytes: messages === 0 ? 0 : bytes && Math.round(bytes), unseen };
}

/** A folder as far as it is known what it holds. */
export interface FolderSize {
  /** Messages that are counted by what became of them, and what is left. */
  readonly total: number;
  readonly bytes: number;
  /** As the source told before its messages were listed; null: it told nothing, or they were listed. */
  readonly told: number | null;
}

/**
 * The size of a mailbox, by the best that is known: what its pass has listed, else what its folders' counters said when
 * the pass began, else what an early look found. Each of them only refines the one before: a pass that has listed two
 * of ten folders does not make the mailbox smaller.
 */
export function expectedOf(
  mailbox: Pick<MailboxEntity, 'state' | 'counts'>,
  folders: readonly FolderSize[],
  look: Pick<Look, 'messages' | 'bytes'> | null,
): Expected | null {
  const { counts } = mailbox;
  const { total, bytesTotal } = counts;
  if (isThrough(mailbox)) return { messages: total, bytes: bytesTotal, weighed: total, by: 'pass' };
  if (folders.length === 0) return look && { ...weigh(look), by: 'look' };
  let [messages, bytes, weighed] = [0, 0, 0];
  for (const folder of folders) {
    messages += Math.max(folder.total, folder.told ?? 0);
    bytes += folder.bytes;
    if (folder.bytes > 0) weighed += folder.total;
  }
  // Bytes of the whole that somebody told are better than those of the folders that were listed so far.
  if (weighed < messages && look?.bytes && look.bytes > bytes)
    return { messages, bytes: look.bytes, weighed: messages, by: 'pass' };
  return { messages, bytes, weighed, by: 'pass' };
}

function weigh({ messages, bytes }: Pick<Look, 'messages' | 'bytes'>): Omit<Expected, 'by'> {
  return bytes === null ? { messages, bytes: 0, weighed: 0 } : { messages, bytes, weighed: messages };
}

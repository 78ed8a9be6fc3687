/** A message without its body. */
export interface Glimpse {
  readonly uid: number;
  readonly size: number;
  /** Milliseconds since the epoch; undefined where the server names no instant. */
  readonly date: number | undefined;
  /** Without brackets and white space; null where the message has none, undefined where it was not asked for. */
  readonly messageId: string | null | undefined;
}

/** A source message that may be equal to a message at the destination. */
export interface Candidate extends Glimpse {
  /**
   * The destination said OK to the message without naming a UID (no UIDPLUS). It is matched before equal messages that
   * nobody has sent.
   */
  readonly settled: boolean;
}

/** Properties by which two messages may be alike, the strongest first. Only equal content settles a message. */
export const TIERS = ['id, size and date', 'size and date', 'id', 'size', 'date', 'no id'] as const;
/** `any`: every message is compared with every other, for the few whose properties a repair may have changed. */
export type Tier = (typeof TIERS)[number] | 'any';

/**
 * The key by which two messages of a tier are compared; null: the message takes no part in this tier. `size` and `date`
 * alone are for messages without a Message-ID: where both have one and they differ, so does the content. Where a server
 * changes both size and date, all messages without a Message-ID are compared.
 */
export function tierKey(tier: Tier, message: Glimpse): string | null {
  const { size, date, messageId } = message;
  switch (tier) {
    case 'id, size and date':
      return messageId && date !== undefined ? `${messageId} ${size} ${date}` : null;
    case 'size and date':
      return date !== undefined ? `${size} ${date}` : null;
    case 'id':
      return messageId ?? null;
    case 'size':
      return messageId ? null : `${size}`;
    case 'date':
      return messageId || date === undefined ? null : `${date}`;
    case 'no id':
      return messageId ? null : '';
    case 'any':
      return '';
  }
}

export function groupBy<T extends Glimpse>(messages: Iterable<T>, tier: Tier): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const message of messages) {
    const key = tierKey(tier, message);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(message);
    else groups.set(key, [message]);
  }
  return groups;
}

/** The Message-ID in a header section, without folding and brackets; null where there is none. */
export function messageIdOf(header: string): string | null {
  const m = /^message-id[ \t]*:((?:[^\r\n]*)(?:\r?\n[ \t][^\r\n]*)*)/im.exec(header);
  return m?.[1]?.replace(/\s+/g, '') || null;
}

/** Facts about a mailbox that do not depend on the name, port or state folder by which it is reached. */
export interface MailboxMarks {
  /** MAILBOXID of INBOX (RFC 8474); null: the server tells none. */
  readonly inboxId: string | null;
  /** UIDVALIDITY of INBOX; null: not told. */
  readonly uidValidity: string | null;
  /** SHA-256 of the server's certificate, or the name of the host where the line is in clear. */
  readonly server: string;
  /** The login of the mailbox. */
  readonly user: string;
}

/**
 * The marks by which two connections are seen to reach one mailbox: it is one if they share any. MAILBOXID is unique
 * within an account only (RFC 8474 section 4), and two servers may give the same UIDVALIDITY, so each mark is made of
 * several facts. Without a UIDVALIDITY there is none: mailboxes that are taken for one wait for each other.
 */
export function marksOf({ inboxId, uidValidity, server, user }: MailboxMarks): readonly string[] {
  if (uidValidity === null) return [];
  const byId = inboxId === null ? [] : [`MAILBOXID ${inboxId} of UIDVALIDITY ${uidValidity}`];
  return [...byId, `${user.toLowerCase()} of UIDVALIDITY ${uidValidity} at ${server}`];
}

/**
 * Whether a server names the UIDs that it gives, and expunges by UID (RFC 4315). IMAP4rev2 includes both (RFC 9051
 * appendix E).
 */
export const hasUidPlus = (capabilities: ReadonlySet<string>): boolean =>
  capabilities.has('UIDPLUS') || capabilities.has('IMAP4REV2');

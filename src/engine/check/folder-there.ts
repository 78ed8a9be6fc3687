import type { FolderPair } from '../copy/map/folder-pair.js';
import type { OpenedSide } from '../dry-run/both-sides.js';
import { Desk } from '../imap/commands/desk.js';
import { type QuotaRoot, readQuotaRoots } from '../imap/commands/quota.js';
import { readRights } from '../imap/commands/rights.js';
import { validUidValidity } from '../imap/grammar/counters.js';
import { isInbox } from '../imap/grammar/layout.js';

/** The facts that the destination tells of the place that a folder goes to. */
export interface FolderThere {
  /** Of the login on it, or on the folder that it is made in (RFC 4314); null: not told. */
  readonly rights: string | null;
  /** The quota that it counts against; null: not told, and then it is most likely that of INBOX. */
  readonly roots: readonly QuotaRoot[] | null;
}

/**
 * Asks for rights and quota of a folder at the destination, or of the one that it would be made in.
 *
 * @throws ConnectionLost
 */
export async function askThere({ session, listing }: OpenedSide, pair: FolderPair): Promise<FolderThere> {
  const at = pair.exists ? pair.destination.wire : parentOf(pair, listing);
  if (at === null) return { rights: null, roots: null };
  const [rights, roots] = await Promise.all([
    readRights(session, at),
    // That of INBOX is asked for anyhow.
    isInbox(at) ? null : readQuotaRoots(session, at),
  ]);
  return { rights, roots };
}

/** The folder there that the first one to be made lies in; null: it lies at the top. */
function parentOf({ create }: FolderPair, { folders, delimiter }: OpenedSide['listing']): string | null {
  const [first] = create;
  if (first === undefined || delimiter === null) return null;
  const end = first.lastIndexOf(delimiter);
  const parent = first.slice(0, Math.max(0, end));
  return folders.find(({ wire }) => wire === parent)?.wire ?? null;
}

/** How the destination's INBOX opens. */
export interface InboxThere {
  /**
   * Flags that folders keep, in lower case; null: not told. EXAMINE need not tell: Dovecot answers PERMANENTFLAGS (),
   * and SELECT would tell but changes \Recent.
   */
  readonly keeps: ReadonlySet<string> | null;
  /** Null: it keeps no UIDs (UIDVALIDITY 0, UIDNOTSTICKY). */
  readonly uidValidity: string | null;
}

/** @throws Refused, ConnectionLost */
export async function openInboxThere({ session }: OpenedSide): Promise<InboxThere> {
  const { permanentFlags, uidValidity } = await new Desk(session, 'EXAMINE').open('INBOX');
  return { keeps: permanentFlags?.size ? permanentFlags : null, uidValidity: validUidValidity(uidValidity) };
}

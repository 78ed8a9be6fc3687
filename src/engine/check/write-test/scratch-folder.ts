import { deleteOwn, expungeOwn } from '../../imap/commands/remove-own.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { searchMessageId } from '../../imap/commands/search.js';
import { hasAttribute, isSelectable, type SideLayout } from '../../imap/grammar/layout.js';
import { literalText } from '../../imap/grammar/response-reader.js';
import { hasUidPlus } from '../../imap/session/has-uidplus.js';
import { Refused, unlessRefused } from '../../imap/session/refused.js';
import type { MailboxAtDestination } from '../../quarantine/mailbox-at-destination.js';
import { sanitise } from '../../responses/sanitise.js';
import { type TestName, testOf } from './test-message.js';

/** The folder of a write test, as it stands at the destination. */
export interface ScratchFolder {
  readonly test: TestName;
  /** Its name on the wire. */
  readonly wire: string;
}

/** Why a folder of a write test is still there. */
export type WhyLeft =
  /** Mail that no test wrote lies in it. */
  | { readonly kind: 'holds other mail'; readonly messages: number }
  /** It was made a moment ago: another check may be at work in it. */
  | { readonly kind: 'in use' }
  | { readonly kind: 'refused'; readonly response: string };

/** Milliseconds that a test takes at most, unless its server hardly answers. */
const LONGEST = 60_000;

/** Folders of tests in an account. */
export function scratchFoldersIn(listing: SideLayout): readonly ScratchFolder[] {
  return listing.folders.flatMap((folder) => {
    const test = isSelectable(folder) ? testOf(folder.name, listing) : null;
    return test ? [{ test, wire: folder.wire }] : [];
  });
}

/** @param now  milliseconds since the epoch */
export const mayBeInUse = ({ test }: ScratchFolder, now: number): boolean => Math.abs(now - test.at) < LONGEST;

/** The messages of a scratch folder, by whether its test wrote them. */
export interface Content {
  readonly own: readonly number[];
  readonly others: readonly number[];
}

/** Tells its own message from others by the Message-ID, which nobody else has. @throws Refused, ConnectionLost */
export async function contentOf({ desk }: MailboxAtDestination, { test, wire }: ScratchFolder): Promise<Content> {
  const { messages } = await desk.reopen(wire);
  const own: number[] = [];
  const others: number[] = [];
  // Some servers refuse to list what is empty.
  if (messages === 0) return { own, others };
  await scanMessages(desk, wire, '1:*', 'ids', ({ uid, header }) => {
    const isOwn = header !== undefined && header !== null && literalText(header).includes(test.messageId);
    (isOwn ? own : others).push(uid);
  });
  return { own, others };
}

/**
 * Removes the message of a test by its UID, and its folder where nothing else is in it. Without UIDPLUS no message is
 * removed alone (EXPUNGE would take those of others with it): the folder goes with it, where it holds no other mail.
 *
 * @returns null: it is gone
 * @throws ConnectionLost
 */
export async function removeScratch(mailbox: MailboxAtDestination, folder: ScratchFolder): Promise<WhyLeft | null> {
  const { desk, session } = mailbox;
  try {
    const { own, others } = await contentOf(mailbox, folder);
    const removesOne = hasUidPlus(session.capabilities);
    if (removesOne) for (const uid of own) await expungeOwn(desk, folder.wire, uid);
    if (others.length > 0) return { kind: 'holds other mail', messages: others.length };
    const after = removesOne ? await contentOf(mailbox, folder) : null;
    if (after && after.others.length > 0) return { kind: 'holds other mail', messages: after.others.length };
    await deleteOwn(desk, folder.wire);
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refused', response: sanitise(error.line) };
  }
}

/**
 * Folders of all mail that still show the message: where folders are labels, a message that lost its label stays there.
 *
 * @returns their names
 * @throws ConnectionLost
 */
export async function stillShownIn(
  { desk, listing }: MailboxAtDestination,
  test: TestName,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const folder of listing.folders.filter((one) => hasAttribute(one, '\\All') && isSelectable(one))) {
    const found = await unlessRefused(searchMessageId(desk, folder.wire, test.messageId));
    if (found && !found.isEmpty) names.push(sanitise(folder.name));
  }
  return names;
}

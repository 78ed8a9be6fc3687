import { type LeaveOutRules, whyLeftOut } from '../copy/map/folder-left-out.js';
import { display, readPath } from '../copy/map/folder-names.js';
import { limitOfServer } from '../copy/prepare/append-limit.js';
import { type Way, wayOf } from '../imap/commands/append.js';
import { readQuota } from '../imap/commands/quota.js';
import { isSelectable, type ListedFolder } from '../imap/grammar/layout.js';
import { astring } from '../imap/grammar/piece.js';
import { openSession, type Session, type SessionOptions } from '../imap/session/session.js';
import { type Listing, listAccount } from '../listing/listing.js';
import type { MailboxSize } from './size-sample.js';
import { weighMailbox } from './weigh-mailbox.js';

/** A mailbox before anything is moved. */
export interface Look {
  /** The server's name, as it came; '' where it gives none. */
  readonly software: string;
  readonly capabilities: ReadonlySet<string>;
  /** Folders of the user's own that hold mail, in the order of the server. */
  readonly folders: readonly FolderLook[];
  readonly messages: number;
  /** Null: it could not be found out in time. */
  readonly size: MailboxSize | null;
  /** Bytes of each message over 10 MB; null where nobody asked, or it could not be found out in time. */
  readonly large: readonly number[] | null;
  /** Messages that are marked `\Deleted`; null where nobody asked, or they could not be counted in time. */
  readonly deleted: number | null;
  /** Bytes; null where the server tells no quota. */
  readonly quota: { readonly used: number; readonly limit: number } | null;
  /** Largest message that it takes, in bytes (RFC 7889), else by its profile; null: it is not known. */
  readonly appendLimit: number | null;
  /** How the engine would write to it. */
  readonly way: Way;
  /** Milliseconds between a command and its answer, at the least. */
  readonly roundTrip: number;
}

/** A folder before anything is moved. */
interface FolderLook {
  /**
   * The path as `--include` names it: `/` between levels, below the user's own prefix. It is as the server sent it, and
   * not made harmless.
   */
  readonly path: string;
  /** Null: the server did not say. */
  readonly messages: number | null;
  /** Null: it could not be found out in time. */
  readonly size: MailboxSize | null;
  /** Whether a run that names no folders copies it. */
  readonly isUsual: boolean;
}

/** `counts`: what the server tells by itself. `sizes`: its folders are opened by EXAMINE and its messages weighed. */
export type Depth = 'counts' | 'sizes';

const SIZE = /\(SIZE (\d+)\)$/i;

/**
 * Logs in, looks, and logs out. Nothing is changed.
 *
 * @param signal  drops the connection
 * @throws LoginFailed, Refused, ConnectionLost
 */
export async function lookAtMailbox(options: SessionOptions, depth: Depth, signal: AbortSignal): Promise<Look> {
  const session = await openSession(options);
  const { wire } = session;
  const drop = () => wire.drop(new Error('nobody waits for this any more'));
  signal.addEventListener('abort', drop, { once: true });
  if (signal.aborted) drop();
  try {
    const listing = await listAccount(session);
    const own = listing.folders.filter((folder) => isSelectable(folder) && isOwn(folder, listing));
    const folders = own.map(({ wire: name }) => ({
      wire: name,
      messages: listing.statuses.get(name)?.messages ?? 0,
    }));
    const messages = folders.reduce((sum, folder) => sum + folder.messages, 0);
    const [told, { storage: quota }] = await Promise.all([sizesOf(session, own), readQuota(session)]);
    const { roundTrip } = wire;
    const size = wholeSize(told);
    const weight =
      depth === 'sizes'
        ? await weighMailbox(wire, folders, size, options.clock)
        : { size, large: null, deleted: null, folders: NO_SIZES };
    return {
      software: listing.server,
      capabilities: session.capabilities,
      folders: own.map((folder) => folderLook(folder, listing, told ?? weight.folders)),
      messages,
      size: weight.size ?? byQuota(quota),
      large: weight.large,
      deleted: weight.deleted,
      quota,
      appendLimit: limitOfServer(session.capabilities) ?? limitOfFolders(listing) ?? listing.known.values.messageBytes,
      way: wayOf(session.capabilities),
      roundTrip,
    };
  } finally {
    signal.removeEventListener('abort', drop);
    wire.leave();
  }
}

function isOwn({ wire }: ListedFolder, { otherPrefixes }: Listing): boolean {
  return !otherPrefixes.some((prefix) => prefix !== '' && wire.startsWith(prefix));
}

/** Sizes of folders by their names on the wire. */
type Sizes = ReadonlyMap<string, MailboxSize>;
const NO_SIZES: Sizes = new Map();

const NOBODY_CHOSE: LeaveOutRules = { include: null, exclude: () => false, includeShared: false, root: null };

function folderLook(folder: ListedFolder, listing: Listing, sizes: Sizes): FolderLook {
  const path = readPath(folder.name, { prefix: listing.prefix, delimiter: folder.delimiter });
  return {
    path: display(path),
    messages: listing.statuses.get(folder.wire)?.messages ?? null,
    size: sizes.get(folder.wire) ?? null,
    isUsual: whyLeftOut({ folder, path }, listing, NOBODY_CHOSE) === null,
  };
}

/** @returns null where the server cannot tell without looking at every message (no STATUS=SIZE, RFC 8438) */
async function sizesOf({ wire, capabilities }: Session, folders: readonly ListedFolder[]): Promise<Sizes | null> {
  if (!capabilities.has('STATUS=SIZE')) return null;
  const sizes = new Map<string, MailboxSize>();
  const answers = await Promise.all(
    folders.map((folder) =>
      wire.command('STATUS', ['STATUS ', astring(folder.wire), ' (SIZE)'], ({ text }) => {
        const size = SIZE.exec(text);
        if (size) sizes.set(folder.wire, { bytes: Number(size[1]), is: 'whole' });
        return size !== null;
      }),
    ),
  );
  return answers.every(({ status }) => status === 'OK') ? sizes : null;
}

function wholeSize(sizes: Sizes | null): MailboxSize | null {
  return sizes && { bytes: [...sizes.values()].reduce((sum, { bytes }) => sum + bytes, 0), is: 'whole' };
}

/** The size by the quota, where nothing better is known. A quota counts mostly mail, though some count files, too. */
function byQuota(quota: Look['quota']): MailboxSize | null {
  return quota && quota.used > 0 ? { bytes: quota.used, is: 'about' } : null;
}

/** RFC 7889 section 3: where each folder has its own, the least is what may be met. */
function limitOfFolders({ statuses }: Listing): number | null {
  const limits = [...statuses.values()].flatMap(({ appendLimit }) => appendLimit ?? []);
  return limits.length === 0 ? null : Math.min(...limits);
}

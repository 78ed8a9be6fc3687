import { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import { scanMessages } from '../../imap/commands/scan.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import { unlessRefused } from '../../imap/session/refused.js';
import type { Session } from '../../imap/session/session.js';
import { type Listing, listAccount } from '../../listing/listing.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { Glimpse } from '../prepare/matching.js';
import { glimpseOf, glimpsesOf } from '../prepare/settle-tail.js';
import { filedElsewhere } from './loss-findings.js';

/** Messages of one source folder that the destination took and does not hold in their folder. */
export interface LostOf {
  readonly job: Pick<FolderJob, 'pair' | 'ledger'>;
  /** Source UIDs. */
  readonly uids: UidSet;
}

/** A connection to the destination on which nothing else is under way. */
export interface Looking {
  readonly session: Session;
  readonly desk: Desk;
  /** The destination as it was listed before anything was stored. */
  readonly before: Pick<Listing, 'statuses'>;
  /** UIDs of a destination folder that are known as those of other messages. */
  readonly knownIn: (folder: string) => UidSet;
}

/** A message that was found in another folder than the one it was stored in. */
interface Sighting {
  /** Name of the folder, as it is shown. */
  readonly folder: string;
  readonly message: Glimpse;
}

/**
 * Looks for lost messages in the folders that have grown since this run began: a filter at the destination may have
 * filed them there. Costs nothing where nothing was lost.
 *
 * @throws ConnectionLost, UidValidityChanged
 */
export async function findFiledElsewhere(
  context: CopyContext,
  looking: Looking,
  lost: readonly LostOf[],
): Promise<void> {
  if (lost.length === 0) return;
  const sightings = await whatIsNew(looking);
  for (const { job, uids } of lost) {
    const sought = await glimpsesOf(context.connections.source.scan, job.pair.source.wire, uids);
    const elsewhere = new Map<string, UidSet>();
    for (const message of sought) {
      const at = sightings.findIndex((sighting) => isTheSame(message, sighting.message));
      const [found] = at < 0 ? [] : sightings.splice(at, 1);
      if (!found || found.folder === job.pair.destination.name) continue;
      const there = elsewhere.get(found.folder) ?? new UidSet();
      there.add(message.uid);
      elsewhere.set(found.folder, there);
    }
    const { source, destination } = job.pair;
    for (const [folder, found] of elsewhere) {
      const finding = filedElsewhere(folder, destination.name);
      context.fail({ side: 'destination', command: 'read back', folder: source.name, uids: found, ...finding });
    }
  }
}

/**
 * Whether two messages are the same one. A filter may have added headers and so changed the size: an equal Message-ID
 * is enough. Without one, size and date must be equal.
 */
function isTheSame(mine: Glimpse, theirs: Glimpse): boolean {
  if (mine.messageId) return mine.messageId === theirs.messageId;
  return !theirs.messageId && mine.size === theirs.size && mine.date !== undefined && mine.date === theirs.date;
}

/** Messages that arrived since the account was listed, and that are not known as ours; none where the server does not show them. */
async function whatIsNew({ session, desk, before, knownIn }: Looking): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  const listing = await unlessRefused(listAccount(session));
  for (const { wire, name } of listing?.folders ?? []) {
    const from = newFrom(before.statuses.get(wire), listing?.statuses.get(wire));
    if (from === null) continue;
    const known = knownIn(wire);
    await unlessRefused(
      scanMessages(desk, wire, `${from}:*`, 'sizes, dates, flags and ids', (row) => {
        if (row.uid >= from && !known.has(row.uid)) sightings.push({ folder: name, message: glimpseOf(row) });
      }),
    );
  }
  return sightings;
}

/** The first UID that may be new; null: nothing has arrived, or nobody can say where it would begin. */
function newFrom(before: FolderStatus | undefined, now: FolderStatus | undefined): number | null {
  if (!now || now.messages === 0) return null;
  if (!before) return 1;
  const { uidNext } = before;
  return uidNext === null || uidNext === now.uidNext ? null : uidNext;
}

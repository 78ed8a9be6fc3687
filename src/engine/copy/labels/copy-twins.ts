import { allTreated } from '../../../store/ledger/treated.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { copyMessages } from '../../imap/commands/copy-messages.js';
import type { CopyUid } from '../../imap/commands/copy-uid.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { setsAround } from '../../imap/commands/uid-windows.js';
import { isDeletedFlag, isRecent } from '../../imap/grammar/flags.js';
import type { NamedRow } from '../../imap/grammar/row-merger.js';
import { Refused } from '../../imap/session/refused.js';
import type { CopyContext, FolderJob } from '../job.js';
import { instantIn } from '../message/message-date.js';

/** Where a message stands at the destination already: wire name of the folder, and UID. */
export interface Twin {
  readonly folder: string;
  readonly uid: number;
}

/** The most messages of one COPY. */
const AT_ONCE = 500;

/**
 * Copies at the destination what another label has brought there: a message with five labels is fetched and sent once.
 * The rest stays to be copied from the source.
 *
 * @param twinOf  of a source UID; null: nothing has brought it
 * @returns the job without what was copied
 * @throws ConnectionLost, UidValidityChanged
 */
export async function copyTwins(
  context: CopyContext,
  job: FolderJob,
  twinOf: (uid: number) => Twin | null,
): Promise<FolderJob> {
  const byFolder = new Map<string, Map<number, number>>();
  const treated = allTreated(job.treatments);
  for (const { uid } of job.todo) {
    const twin = treated.has(uid) ? null : twinOf(uid);
    if (!twin) continue;
    const sources = byFolder.get(twin.folder) ?? new Map<number, number>();
    sources.set(twin.uid, uid);
    byFolder.set(twin.folder, sources);
  }
  if (byFolder.size === 0) return job;
  const { name } = job.pair.source;
  try {
    const uids = UidSet.from([...byFolder.values()].flatMap((sources) => [...sources.values()]));
    const marked = await markedDeleted(context, job, uids);
    for (const [folder, sources] of byFolder) await copyFrom(context, job, folder, sources, marked);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // The source has them, too.
    context.log('info', name, `not all is copied at the destination; the rest comes from the source: ${error.line}`);
  }
  return { ...job, todo: job.todo.where((uid) => !job.ledger.isSettled(uid)) };
}

/** `\\Deleted` is of the folder, and not of the message: these are copied from the source, as the batch says. */
async function markedDeleted({ connections }: CopyContext, { pair }: FolderJob, uids: UidSet): Promise<UidSet> {
  const marked = new UidSet();
  for (const set of setsAround(uids))
    await scanMessages(connections.source.scan, pair.source.wire, set, 'sizes, dates and flags', ({ uid, flags }) => {
      if (flags === undefined || flags.some(isDeletedFlag)) marked.add(uid);
    });
  return marked;
}

async function copyFrom(
  context: CopyContext,
  job: FolderJob,
  folder: string,
  sources: ReadonlyMap<number, number>,
  marked: UidSet,
): Promise<void> {
  const { read } = context.connections.destination;
  const there = new Map<number, NamedRow>();
  for (const set of setsAround(UidSet.from(sources.keys())))
    await scanMessages(read, folder, set, 'sizes, dates and flags', (row) => {
      const source = sources.get(row.uid);
      const isMarked = row.flags === undefined || row.flags.some(isDeletedFlag);
      if (source !== undefined && !isMarked && !marked.has(source)) there.set(row.uid, row);
    });
  for (const uids of UidSet.from(there.keys()).chunks(AT_ONCE)) {
    context.signal.throwIfAborted();
    const told = await copyMessages(read, folder, uids, job.pair.destination.wire);
    const copied = [...uids].map((uid) => ({ source: sources.get(uid)!, row: there.get(uid)! }));
    settle(job, copied, told);
  }
}

interface Copied {
  readonly source: number;
  /** The row of the message's copy at the destination. */
  readonly row: NamedRow;
}

function settle(job: FolderJob, copied: readonly Copied[], told: CopyUid | null): void {
  const { ledger, sent, progress } = job;
  for (const { source, row } of copied)
    sent.record(source, {
      size: row.size ?? 0,
      date: instantIn(row.internalDate),
      flags: (row.flags ?? []).filter((flag) => !isRecent(flag)),
      exact: '',
    });
  const sources = copied.map(({ source }) => source);
  ledger.arrived(sources);
  const uids = copied.flatMap(({ row }) => told?.pairs.get(row.uid) ?? []);
  if (isPossible(job, uids, copied.length, told)) ledger.settle(sources, uids);
  else ledger.settleUnknown(sources);
  progress.stored(
    copied.length,
    copied.reduce((sum, { row }) => sum + (row.size ?? 0), 0),
  );
}

/** Impossible UIDs are no proof: the messages are found by reading the folder back. */
function isPossible(
  { ledger, notOurs, destinationUidValidity }: FolderJob,
  uids: readonly number[],
  expected: number,
  told: CopyUid | null,
): boolean {
  if (!told || uids.length !== expected || new Set(uids).size !== expected) return false;
  if (destinationUidValidity !== null && told.uidValidity !== destinationUidValidity) return false;
  return uids.every((uid) => uid >= ledger.floor && ledger.sourceOf(uid) === undefined && !notOurs.has(uid));
}

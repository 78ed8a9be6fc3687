import { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { setsAround } from '../../imap/commands/uid-windows.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { Glimpse } from '../prepare/matching.js';
import { glimpsesOf } from '../prepare/settle-tail.js';
import { readFingerprints } from '../transfer/read-whole.js';

/**
 * Finds messages that the destination answered OK to and does not hold, because it keeps an equal one. Some servers store
 * equal messages once. Messages are equal if their content at the source is.
 *
 * @param absent   source UIDs
 * @param isThere  the destination holds this UID
 * @returns source UIDs of `absent`, by how many equal messages the source has of each
 */
export async function keptAsOne(
  context: CopyContext,
  { pair, ledger }: FolderJob,
  absent: UidSet,
  isThere: (destination: number) => boolean,
): Promise<ReadonlyMap<number, UidSet>> {
  const byCount = new Map<number, UidSet>();
  if (absent.isEmpty) return byCount;
  const folder = pair.source.wire;
  const { scan, fetch } = context.connections.source;
  const sought = await glimpsesOf(scan, folder, absent);
  const kept = new UidSet();
  for (const [source, destination] of ledger.pairs()) if (!absent.has(source) && isThere(destination)) kept.add(source);
  const sizes = new Set(sought.map(({ size }) => size));
  const sameSize = await ofTheseSizes(scan, folder, kept, sizes);
  if (sameSize.isEmpty) return byCount;
  const looks = new Set(sought.map(lookOf));
  const alike = (await glimpsesOf(scan, folder, sameSize)).filter((message) => looks.has(lookOf(message)));
  if (alike.length === 0) return byCount;
  const todo = [...sought, ...alike].sort((a, b) => a.uid - b.uid).map(({ uid, size }) => ({ uid, size }));
  const prints = await readFingerprints(context, fetch, folder, todo);
  const equals = new Map<string, { readonly absent: UidSet; readonly kept: UidSet }>();
  for (const [uid, { canonical }] of prints) {
    const group = equals.get(canonical) ?? { absent: new UidSet(), kept: new UidSet() };
    (absent.has(uid) ? group.absent : group.kept).add(uid);
    equals.set(canonical, group);
  }
  for (const group of equals.values()) {
    if (group.kept.isEmpty || group.absent.isEmpty) continue;
    const count = group.absent.size + group.kept.size;
    byCount.set(count, (byCount.get(count) ?? new UidSet()).union(group.absent));
  }
  return byCount;
}

async function ofTheseSizes(desk: Desk, folder: string, uids: UidSet, sizes: ReadonlySet<number>): Promise<UidSet> {
  const found = new UidSet();
  if (uids.isEmpty) return found;
  const sets = setsAround(uids);
  const scans = sets.map((set) =>
    scanMessages(desk, folder, set, 'sizes', ({ uid, size }) => {
      if (uids.has(uid) && sizes.has(size ?? 0)) found.add(uid);
    }),
  );
  await Promise.all(scans);
  return found;
}

const lookOf = ({ size, messageId }: Glimpse): string => `${size} ${messageId ?? ''}`;

import { UidSet, uidsInText } from '../../../store/uid/uid-set.js';
import { type Finding, finding } from '../../responses/finding.js';
import type { CopyContext, FolderJob } from '../job.js';

const cannotBeRead = (uids: UidSet, ours: UidSet, words: string): Finding =>
  finding(
    { key: 'cannot be read', uids: uidsInText(uids), ours: uidsInText(ours), words },
    'server-bug',
    'folder',
    'skip-folder',
    'engine:cannot-be-read',
    { key: 'cannot be read back' },
  );

/**
 * Messages at the destination with which reading its folder breaks: they stand there, and nobody can tell whether they are
 * as they were sent.
 *
 * @returns their UIDs
 */
export function enterUnread(context: CopyContext, { pair, ledger }: FolderJob): UidSet {
  const { readings } = context.connections.destination.read;
  const { wire } = pair.destination;
  const folder = pair.source.name;
  const unread = new UidSet();
  for (const as of ['rows', 'bodies'] as const) {
    for (const [words, uids] of readings.of(wire, as).told) {
      const ours = UidSet.from([...uids].flatMap((uid) => ledger.sourceOf(uid) ?? []));
      const command = 'read back';
      context.fail({ side: 'destination', command, folder, uids: new UidSet(), ...cannotBeRead(uids, ours, words) });
      unread.addAll(uids);
    }
  }
  return unread;
}

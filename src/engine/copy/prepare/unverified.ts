import { allTreated } from '../../../store/ledger/treated.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { isAppendFlag } from '../../imap/commands/append.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { setsAround } from '../../imap/commands/uid-windows.js';
import { isDeletedFlag, isRecent } from '../../imap/grammar/flags.js';
import type { CopyContext } from '../job.js';
import { instantIn } from '../message/message-date.js';
import { SentTable, UNREAD } from '../sent.js';
import { BodySample } from '../verify/body-sample.js';
import { TodoList } from './todo-list.js';

/**
 * Makes the table against which messages are verified: those that are sent now, and those that an earlier run sent
 * and did not read back. For the latter the source is asked again.
 *
 * @param folder  of the source
 */
export async function unverified(
  context: CopyContext,
  folder: string,
  ledger: UidLedger,
  todo: TodoList,
): Promise<SentTable> {
  const { odd, treated } = ledger;
  const isStripped = (uid: number, flag: string) =>
    isDeletedFlag(flag) && (context.sending.deleted === 'strip' || treated['without-deleted'].has(uid));
  // A message that was taken without a UID cannot be verified. That it was sent changed must be noted all the same.
  const earlier = ledger.unknown.intersect(allTreated(treated));
  if (ledger.verifiedTo < ledger.floor) {
    for (const [source, destination] of ledger.pairs()) if (destination >= ledger.verifiedTo) earlier.add(source);
  }
  const sample = new BodySample(todo.length, context.random);
  if (earlier.isEmpty) return new SentTable(todo, sample);
  const sent = new SentTable(TodoList.from([...todo, ...[...earlier].map((uid) => ({ uid, size: 0 }))]), sample);
  const scans = setsAround(earlier).map((set) =>
    scanMessages(context.connections.source.scan, folder, set, 'sizes, dates and flags', (row) => {
      const { uid, size = 0, internalDate, flags = [] } = row;
      if (!earlier.has(uid)) return;
      // The header's date is known only with the body. It was noted when the message was sent.
      const date = context.sending.dates === 'header' ? undefined : instantIn(internalDate);
      const exact = odd.has(uid) || treated.repaired.has(uid) ? UNREAD : '';
      if (treated['without-flags'].has(uid)) {
        const flagsLeftOut = flags.filter((flag) => !isRecent(flag));
        sent.record(uid, { size, date, flags: [], exact, otherwise: { flagsLeftOut, repairs: [] } });
      } else {
        sent.record(uid, {
          size,
          date,
          flags: flags.filter((flag) => isAppendFlag(flag) && !isStripped(uid, flag)),
          exact,
        });
      }
    }),
  );
  await Promise.all(scans);
  return sent;
}

import { UidSet } from '../../../store/uid/uid-set.js';
import type { SourceFolder } from '../../account/source-folder.js';
import type { Opened } from '../../imap/commands/folders.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { setsOf } from '../../imap/commands/uid-windows.js';
import { Refused } from '../../imap/session/refused.js';
import { notAllSeen } from '../findings.js';
import type { CopyContext } from '../job.js';
import type { Elsewhere } from '../labels/elsewhere.js';
import type { Preparation } from '../prepare/preparation.js';
import { TodoList, uidsOf } from '../prepare/todo-list.js';
import type { Todo } from '../transfer/chunks.js';
import { ByDate } from './by-date.js';
import type { SourceList } from './scan-source.js';
import { seeAll } from './see-all.js';
import { addsUp } from './whole-list.js';

/** The messages of a source folder, as far as the server names them. */
export interface CompleteList {
  /** The unsettled messages, in ascending order of UID. */
  readonly todo: TodoList;
  /** Unsettled messages outside of the days that are copied. */
  readonly outside: UidSet;
  readonly listed: SourceFolder;
  /** Number of messages that the folder counts and the server does not name: an open error of the folder. */
  readonly notSeen: number;
}

/**
 * Compares the list with the folder's own count, and finds missing messages. If the counts agree, nothing is asked.
 * A failure of a message that is gone at the source is closed.
 */
export async function completeList(
  context: CopyContext,
  { pair, ledger, elsewhere }: Preparation,
  { messages: exists }: Opened,
  { todo, outside, refused }: SourceList,
): Promise<CompleteList> {
  const settled = ledger.settledSources();
  const elsewhereBefore = elsewhere.uids.minus(settled);
  // Messages that another folder brings were not asked for here, but this folder counts them.
  const known = settled.union(elsewhereBefore);
  const failed = ledger.failed.minus(known);
  const first = { exists, settled: known, listed: uidsOf(todo), due: failed };
  const before = { settledBefore: settled.size, carriedBefore: ledger.carried.size };
  if (addsUp(first)) {
    if (refused) context.log('debug', pair.source.name, `nothing is there to be listed: ${refused.line}`);
    const listed = first.listed.union(elsewhereBefore);
    const whole = { todo, outside, listed: { exists, listed, ...before, goneBefore: 0 }, notSeen: 0 };
    return withoutElsewhere(elsewhere, whole);
  }
  const { scan } = context.connections.source;
  const { wire, name } = pair.source;
  const seen = await seeAll(scan, wire, first, refused, (line, command) => context.judge('source', line, command));
  const unsettled = seen.there.minus(known);
  const late = unsettled.minus(first.listed);
  if (!late.isEmpty) context.log('warn', name, `the source did not list UID ${late}: asked for nevertheless`);
  if (seen.notSeen > 0) {
    const finding = notAllSeen({ side: 'source', ...seen });
    context.fail({ side: 'source', command: 'UID FETCH', folder: name, uids: new UidSet(), ...finding });
  } else {
    forget(context, ledger, name, failed.minus(unsettled));
  }
  const sizedLate = await sized(context, wire, late);
  return withoutElsewhere(elsewhere, {
    todo: TodoList.from([...todo, ...sizedLate.todo]),
    outside: outside.union(sizedLate.outside),
    listed: {
      exists: seen.exists,
      listed: unsettled.union(elsewhereBefore.intersect(seen.there)),
      ...before,
      goneBefore: settled.minus(seen.there).size,
    },
    notSeen: seen.notSeen,
  });
}

/**
 * Leaves out messages that arrived after the labels were read and that another folder brings. They stay in the list.
 */
async function withoutElsewhere(elsewhere: Elsewhere, list: CompleteList): Promise<CompleteList> {
  if (elsewhere.kind === 'alone' || list.todo.length === 0) return list;
  await elsewhere.decide(uidsOf(list.todo));
  const { todo } = list;
  return { ...list, todo: todo.where((uid) => !elsewhere.uids.has(uid)) };
}

function forget(context: CopyContext, ledger: Preparation['ledger'], name: string, gone: UidSet): void {
  if (gone.isEmpty) return;
  ledger.vanish(gone);
  context.log('info', name, `${gone.size} messages that had failed are gone from the source: UID ${gone}`);
}

/** Asks alone for a message whose size the source does not tell. */
async function sized(
  { connections, sending }: CopyContext,
  folder: string,
  uids: UidSet,
): Promise<{ readonly todo: readonly Todo[]; readonly outside: UidSet }> {
  const sizes = new Map<number, number>();
  const byDate = new ByDate(sending);
  const scans = setsOf(uids).map((set) =>
    scanMessages(connections.source.scan, folder, set, byDate.items, (row) => {
      sizes.set(row.uid, row.size ?? 0);
      byDate.see(row);
    }),
  );
  for (const scan of await Promise.allSettled(scans))
    if (scan.status === 'rejected' && !(scan.reason instanceof Refused)) throw scan.reason;
  return { todo: [...uids].map((uid) => ({ uid, size: sizes.get(uid) ?? 0 })), outside: byDate.outside };
}

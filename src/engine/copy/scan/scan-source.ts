import type { UidSet } from '../../../store/uid/uid-set.js';
import type { DayRange } from '../../../words/days.js';
import type { Desk } from '../../imap/commands/desk.js';
import type { Opened } from '../../imap/commands/folders.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { setsBeside } from '../../imap/commands/uid-windows.js';
import { Refused } from '../../imap/session/refused.js';
import { TodoList } from '../prepare/todo-list.js';
import { ByDate } from './by-date.js';
import { isDenied, RowsOfNone } from './denied-rows.js';

/** A source folder while its listing arrives. */
export interface SourceScan {
  readonly opened: Promise<Opened>;
  /** The unsettled messages. */
  readonly unsettled: Promise<SourceList>;
}

/** A listing as it came. Nobody has checked yet whether it is complete. */
export interface SourceList {
  /** In ascending order of UID. */
  readonly todo: TodoList;
  /** Unsettled messages outside of the days that are copied. */
  readonly outside: UidSet;
  /** The first refusal; null: all that was asked for was answered OK. */
  readonly refused: Refused | null;
}

/**
 * Writes EXAMINE and the FETCH of UIDs and sizes at once; neither waits for the other's answer.
 *
 * @param days  of which messages are copied: only where they are some, dates are asked for
 */
export function startScan(desk: Desk, folder: string, settled: UidSet, days: DayRange): SourceScan {
  const opened = desk.reopen(folder);
  opened.catch(() => {});
  const todo = new TodoList();
  const byDate = new ByDate(days);
  const rowsOfNone = new RowsOfNone();
  const scans = setsBeside(settled).map(({ set, from }) =>
    refusalOf(
      scanMessages(desk, folder, set, byDate.items, (row) => {
        if (row.uid < from || settled.has(row.uid) || isDenied(desk, folder, row)) return;
        todo.push(row.uid, row.size ?? 0);
        byDate.see(row);
        rowsOfNone.see(row, desk.lastOpened(folder));
      }),
    ),
  );
  const unsettled = Promise.all([opened, ...scans]).then(([now, ...refusals]): SourceList => {
    const all = todo.sort();
    const ofNone = rowsOfNone.given(settled.size + all.length, now);
    return {
      todo: ofNone.isEmpty ? all : all.where((uid) => !ofNone.has(uid)),
      outside: byDate.outside.minus(ofNone),
      refused: refusals.find((one) => one !== null) ?? null,
    };
  });
  unsettled.catch(() => {});
  return { opened, unsettled };
}

/** Waits for the refusal of a listing. Some servers refuse to list an empty folder, or UIDs above the last message. */
async function refusalOf(scan: Promise<void>): Promise<Refused | null> {
  try {
    await scan;
    return null;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

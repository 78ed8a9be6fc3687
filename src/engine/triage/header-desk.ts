import type { FailedMessages } from '../../protocol/answers.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { BadInput } from '../../words/bad-input.js';
import type { Selected } from '../decisions/selection.js';
import type { OpenSource } from '../login/source-session.js';
import type { Worker } from '../mailbox/worker.js';
import { sanitise } from '../responses/sanitise.js';
import { byMailbox, type HeaderedRow, rowsWithHeaders } from './failed-headers.js';

export interface HeaderDeskParts {
  readonly workers: () => readonly Pick<Worker, 'row' | 'uidValidity' | 'asksPassword'>[];
  readonly open: OpenSource;
  /** Drops what is under way. */
  readonly drop: AbortSignal;
}

/** Messages that are shown to a console; a file takes all. */
const SHOWN = 300;
const LONGEST_TEXT = 200;
const MOST_NOTES = 20;

/** Reads what failed messages are from the source, for a console that runs beside the copy. Nothing of it is kept. */
export class HeaderDesk {
  #isReading = false;

  constructor(private readonly parts: HeaderDeskParts) {}

  /** @throws BadInput  where headers are being read already */
  async read(
    selected: Iterable<Selected>,
  ): Promise<{ readonly rows: readonly HeaderedRow[]; readonly notes: readonly string[] }> {
    if (this.#isReading)
      throw new BadInput('headers are being read from the source already: ask again when that is done');
    this.#isReading = true;
    const notes: string[] = [];
    const { workers, open, drop } = this.parts;
    try {
      const byId = new Map(workers().map((worker) => [worker.row.id, worker]));
      const all = byMailbox(
        [...byId.values()].map(({ row }) => row),
        selected,
      );
      const mailboxes = all.flatMap(([row, own]) => {
        const worker = byId.get(row.id);
        if (!worker) return [];
        // A look would try a refused password once more.
        const refused = worker.asksPassword === 'source' ? 'the source refused its password; give that first' : null;
        return [{ row, selected: own, uidValidity: (folder: string) => worker.uidValidity(folder), refused }];
      });
      const note = (text: string) => notes.push(sanitise(text));
      return { rows: await rowsWithHeaders(mailboxes, { open, drop, note, onRead: () => undefined }), notes };
    } finally {
      this.#isReading = false;
    }
  }

  async show(selected: Iterable<Selected>): Promise<FailedMessages> {
    const { first, more } = firstOf(selected, SHOWN);
    const { rows, notes } = await this.read(first);
    const short = (text: string | null) => (text === null ? null : sanitise(text, LONGEST_TEXT));
    const messages = rows.flatMap(({ mailbox, folder, uid, from, subject, date, size }) =>
      uid === null
        ? []
        : [{ mailbox, folder, uid, from: short(from), subject: short(subject), date: short(date), size }],
    );
    return { messages, more, notes: notes.slice(0, MOST_NOTES) };
  }
}

/** The first messages of what is selected, and how many come after them. Failures without a message are left out. */
function firstOf(selected: Iterable<Selected>, most: number): { readonly first: Selected[]; readonly more: number } {
  const first: Selected[] = [];
  let room = most;
  let more = 0;
  for (const one of selected) {
    if (one.uids.isEmpty) continue;
    const taken: number[] = [];
    for (const uid of one.uids) {
      if (taken.length === room) break;
      taken.push(uid);
    }
    room -= taken.length;
    more += one.uids.size - taken.length;
    if (taken.length > 0) first.push({ ...one, uids: UidSet.from(taken) });
  }
  return { first, more };
}

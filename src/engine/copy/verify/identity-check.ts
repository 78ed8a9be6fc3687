import { UidSet } from '../../../store/uid/uid-set.js';
import { fetchRows } from '../../imap/commands/scan.js';
import { TELLING_HEADER } from '../../imap/commands/telling-header.js';
import { setsAround, uidsIn } from '../../imap/commands/uid-windows.js';
import type { FetchRow } from '../../imap/grammar/fetch-row.js';
import { type NamedRow, RowMerger } from '../../imap/grammar/row-merger.js';
import type { CopyContext, FolderJob } from '../job.js';
import { within } from '../memory/copy-memory.js';
import { identityOf } from '../message/identity.js';
import { printOf, type Stretch } from './body-sample.js';

/**
 * Finds out whether messages at the destination are those that were sent: a sample by the header fields that tell messages
 * apart and by a stretch of their bytes. It is asked for beside the list of the folder. A server that refuses this, or
 * with which reading broke, is not asked; sizes, dates and flags are compared all the same.
 */
export class IdentityCheck {
  /** Destination UIDs of messages that are another one, or that differ in the bytes looked at. */
  readonly differing = new UidSet();
  /** Those of them that are the message that was sent under another UID. */
  readonly exchanged = new UidSet();
  #identities: ReadonlySet<number> | null = null;

  constructor(
    private readonly context: CopyContext,
    private readonly job: FolderJob,
  ) {}

  /**
   * @param from  destination UID to begin at
   * @throws ConnectionLost, UidValidityChanged, Refused
   */
  async read(from: number): Promise<void> {
    const { read } = this.context.connections.destination;
    const { wire } = this.job.pair.destination;
    if (read.readings.of(wire, 'rows').isTroubled || read.readings.of(wire, 'bodies').isTroubled) return;
    await Promise.all([...this.#byPlace(from)].map(([place, uids]) => this.#ask(place, uids)));
  }

  /** Destination UIDs by what is asked of them: one command for all stretches at the same place. */
  #byPlace(from: number): ReadonlyMap<string, UidSet> {
    const places = new Map<string, UidSet>();
    for (const [source, { stretch }] of this.job.sent.sampled) {
      const destination = this.job.ledger.destinationOf(source);
      if (destination === undefined || destination < from) continue;
      const place = `${stretch.from}.${stretch.length}`;
      const uids = places.get(place);
      if (uids) uids.add(destination);
      else places.set(place, UidSet.from([destination]));
    }
    return places;
  }

  async #ask(place: string, uids: UidSet): Promise<void> {
    const { connections, memory, log } = this.context;
    const { destination, source } = this.job.pair;
    const items = `(UID ${TELLING_HEADER} BODY.PEEK[]<${place}>)`;
    const rows = new RowMerger(['header', 'part'], (row) => this.#compare(row));
    const came = new UidSet();
    const onRow = (row: NamedRow) => {
      came.add(row.uid);
      if (uids.has(row.uid)) rows.take(row);
    };
    const ask = (set: string) => {
      const outstanding = { of: 'bodies', uids: () => [...uidsIn(set).minus(came)] } as const;
      return fetchRows(
        connections.destination.read,
        destination.wire,
        set,
        items,
        onRow,
        within(memory, 0),
        outstanding,
      );
    };
    const answers = await Promise.all(setsAround(uids).map(ask));
    rows.giveAsTheyAre(rows.incomplete);
    for (const { status, line } of answers)
      if (status !== 'OK') log('debug', source.name, `not compared by header and bytes: ${line}`);
  }

  #compare(row: NamedRow): void {
    const { ledger, sent } = this.job;
    const known = sent.sampled.get(ledger.sourceOf(row.uid) ?? 0);
    if (!known) return;
    const identity = row.header ? identityOf(row.header) : known.identity;
    if (identity === known.identity && isEqual(known.stretch, row)) return;
    this.differing.add(row.uid);
    if (identity !== known.identity && identity !== 0 && this.#wasSent(identity)) this.exchanged.add(row.uid);
  }

  #wasSent(identity: number): boolean {
    this.#identities ??= new Set([...this.job.sent.sampled.values()].map((known) => known.identity));
    return this.#identities.has(identity);
  }
}

/** A row that says nothing of the bytes is not equal to what was sent: the message is read whole then. */
function isEqual({ from, length, print }: Stretch, { part, body }: FetchRow): boolean {
  if (part?.bytes && part.from === from) return printOf(part.bytes, 0, length) === print;
  if (body) return printOf(body, from, length) === print;
  return part === undefined && body === undefined;
}

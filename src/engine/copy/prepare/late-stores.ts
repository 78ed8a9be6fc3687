import type { FlightRecord } from '../../../store/ledger/flight.js';
import { showClock } from '../../../words/times.js';
import { plural, showByteRate, showBytes } from '../../../words/units.js';
import type { Asked } from '../../imap/commands/folders.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import { unlessRefused } from '../../imap/session/refused.js';
import type { CopyContext } from '../job.js';
import type { FolderPair } from '../map/folder-pair.js';
import { destinationStatus } from './destination-status.js';
import { type Readings, standstill } from './standstill.js';

/** A folder of the destination in which a run was broken off. */
export type BrokenOff = FolderPair['destination'];

/** Milliseconds between two log lines about the wait. */
const SAID_EVERY = 15_000;

/**
 * Waits until all of the account's folders in which a run was broken off stand still. Messages that were under way are
 * stored folder after folder, so one folder alone proves nothing.
 *
 * @returns STATUS of each as it stands then, by wire name; without folders whose STATUS is refused
 * @throws ConnectionLost, or the reason of the context's signal
 */
export async function waitForLateStores(
  context: CopyContext,
  folders: readonly BrokenOff[],
  flight: FlightRecord,
): Promise<ReadonlyMap<string, FolderStatus>> {
  let statuses: ReadonlyMap<string, FolderStatus> = new Map();
  if (folders.length === 0) return statuses;
  const { clock, signal } = context;
  const names = new Map(folders.map(({ wire, name }) => [wire, name]));
  const stored = new Set<string>();
  let saidAt = Number.NEGATIVE_INFINITY;
  let asked: Asked = 'first';
  await standstill({
    look: async (): Promise<Readings> => {
      statuses = await statusOfAll(context, [...names.keys()], asked);
      asked = 'again';
      return statuses;
    },
    flight,
    roundTrip: context.connections.destination.session.wire.roundTrip,
    clock,
    signal,
    onWait: (left, moved) => {
      for (const wire of moved) stored.add(names.get(wire) ?? wire);
      if (clock.monotonic() - saidAt < SAID_EVERY) return;
      const isFirst = saidAt === Number.NEGATIVE_INFINITY;
      saidAt = clock.monotonic();
      context.log('info', null, `${isFirst ? begins(folders, flight) : goesOn(stored)} ${until(clock.now() + left)}`);
      stored.clear();
    },
  });
  return statuses;
}

async function statusOfAll(
  context: CopyContext,
  wires: readonly string[],
  asked: Asked,
): Promise<Map<string, FolderStatus>> {
  const statuses = new Map<string, FolderStatus>();
  const all = wires.map(async (wire) => {
    // A refusal is entered when the folder's turn comes; until then the folder is not waited for.
    const status = await unlessRefused(destinationStatus(context.connections, wire, asked));
    if (status) statuses.set(wire, status);
  });
  await Promise.all(all);
  return statuses;
}

function begins(folders: readonly BrokenOff[], flight: FlightRecord): string {
  const [first] = folders;
  const where = folders.length === 1 && first ? first.name : `${folders.length} folders`;
  return `a run was broken off in ${where}: waiting until the destination has stored what was under way (${underWay(flight)}),`;
}

function underWay(flight: FlightRecord): string {
  if (flight === 'unknown') return 'how much is not known';
  const { bytes, messages, bytesPerSecond } = flight;
  if (bytesPerSecond === null) return 'the connection was not measured yet';
  return `${plural(messages, 'message')}, ${showBytes(bytes)} at ${showByteRate(bytesPerSecond)}`;
}

function goesOn(stored: ReadonlySet<string>): string {
  if (stored.size === 0) return 'waiting still for what was under way';
  return `the destination goes on storing in ${[...stored].join(', ')}: waiting`;
}

const until = (at: number) => `until ${showClock(at)} UTC if nothing moves`;

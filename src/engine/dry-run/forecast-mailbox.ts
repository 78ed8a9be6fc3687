import { optionsOf } from '../../store/batch/options-of.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { warningText } from '../copy/map/folder-warnings.js';
import type { NamedRow } from '../imap/grammar/row-merger.js';
import { sanitise } from '../responses/sanitise.js';
import { type BothSidesOf, type OpenedSide, withBothSides } from './both-sides.js';
import { FolderCounter, type KnownFolder } from './count-folder.js';
import type { FolderForecast, MailboxForecast } from './forecast.js';
import { type FolderAtHand, lookIntoFolders } from './look-into-folders.js';

/** All that a look at one mailbox needs. */
export interface Looking extends BothSidesOf {
  /** Reads what earlier runs know of a folder as it stands now; null: nothing. */
  readonly known: (folders: FolderNames, uidValidity: string | null) => Promise<KnownFolder | null>;
}

/** Names of a pair, as people read them. */
interface FolderNames {
  readonly source: string;
  readonly destination: string;
}

/**
 * Counts what a run would copy now. Logs in on both sides, and sends no command that may change something.
 *
 * @throws LoginFailed, CredentialMissing, Refused, ConnectionLost
 */
export function forecastMailbox(looking: Looking): Promise<MailboxForecast> {
  return withBothSides(looking, (source, destination) => forecast(looking, source, destination));
}

async function forecast(looking: Looking, source: OpenedSide, destination: OpenedSide): Promise<MailboxForecast> {
  const { map, ...seen } = await lookIntoFolders(looking, source, destination, (folder) =>
    forecastFolder(looking, folder),
  );
  return {
    ...seen,
    warnings: map.warnings.map((warning) => sanitise(warningText(warning))),
  };
}

async function forecastFolder(
  { batch, row, known }: Looking,
  { pair, limit, there, elsewhere, list }: FolderAtHand,
): Promise<FolderForecast> {
  const names = { source: pair.source.name, destination: pair.destination.name };
  const rows: NamedRow[] = [];
  const { uidValidity } = await list((one) => rows.push(one));
  const before = (await known(names, uidValidity)) ?? { settled: new UidSet(), skipped: new UidSet() };
  const counter = new FolderCounter(before, limit?.bytes ?? null, optionsOf(batch.options, row));
  const carried = { messages: 0, bytes: 0 };
  for (const one of rows) {
    if (!elsewhere.has(one.uid) || before.settled.has(one.uid)) counter.add(one);
    else {
      carried.messages++;
      carried.bytes += one.size ?? 0;
    }
  }
  return {
    source: sanitise(names.source),
    destination: sanitise(names.destination),
    isNew: !pair.exists,
    ...counter.count,
    carried,
    there,
  };
}

import {
  type FolderEntity,
  type MailboxEntity,
  type MailboxState,
  NO_COUNTS,
  NO_LINE,
  NO_RATE,
} from '../../protocol/entities.js';
import { bytesLeftBy } from '../../protocol/figures.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { Look } from '../../store/looks/looks.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import { leftByFolder } from '../account/left-by-folder.js';
import { expectedOf, type FolderSize } from '../eta/expected.js';
import { sanitise } from '../responses/sanitise.js';
import { acceptedIn, mainCause } from './main-cause.js';
import { folderEntity, sumCounts } from './pass/tally.js';

/** The fields of a mailbox that only a run knows, and no file. Texts are as servers sent them. */
export type Doing = Pick<
  MailboxEntity,
  | 'folder'
  | 'message'
  | 'startedAt'
  | 'endedAt'
  | 'rate'
  | 'eta'
  | 'lines'
  | 'history'
  | 'asksPassword'
  | 'lastResponse'
>;

/** Those fields where no run works on the mailbox. */
export const NOTHING_DOING: Doing = {
  folder: null,
  message: null,
  startedAt: null,
  endedAt: null,
  rate: NO_RATE,
  eta: null,
  lines: { source: NO_LINE, destination: NO_LINE },
  history: [],
  asksPassword: null,
  lastResponse: null,
};

/** States in which the trouble before seems to be over. */
const GOES_ON: ReadonlySet<MailboxState['kind']> = new Set([
  'copying',
  'verifying',
  'synced',
  'incomplete',
  'completed',
]);

export interface MailboxFacts {
  readonly row: PlanRow;
  /** As {@link MailboxEntity.servers}. */
  readonly servers: MailboxEntity['servers'];
  /** Its document; undefined: the mailbox was never started. */
  readonly record: MailboxRecord | undefined;
  readonly state: MailboxState;
  /** Folders as the run counts them now. */
  readonly folders: readonly FolderEntity[];
  /** Bytes left; null: to be derived from the counts. */
  readonly bytesLeft: number | null;
  /** The size of each folder. */
  readonly sizes: readonly FolderSize[];
  /** The finding of an early look; null: nobody looked. */
  readonly look: Pick<Look, 'messages' | 'bytes'> | null;
  readonly provider: MailboxEntity['provider'];
}

/** The folders that the files tell of. */
export function foldersOf(record: MailboxRecord | undefined): readonly FolderEntity[] {
  return (record?.data.folders ?? []).map(({ source, destination, counts }) =>
    folderEntity({ source, destination, counts, way: null }),
  );
}

/** Builds the entity of a mailbox, whether its batch runs or rests, so that each figure is defined once. */
export function mailboxEntity(
  { row, servers, record, state, folders, bytesLeft, sizes, look, provider }: MailboxFacts,
  doing: Doing,
): MailboxEntity {
  const { folder, lastResponse } = doing;
  // The stored sum is of the last pass that came to an end. After a kill the counts of the folders are newer.
  const counts = folders.length > 0 ? sumCounts(folders.map((one) => one.counts)) : (record?.data.counts ?? NO_COUNTS);
  const entries = record?.errors.entries ?? [];
  const left = leftByFolder(folders);
  // Entities have the names of folders as they are shown.
  const leftIn = (source: string) => left(sanitise(source));
  // Nobody has to decide about the failures of a mailbox that was given up.
  const isGivenUp = state.kind === 'given-up';
  return {
    ...doing,
    id: row.id,
    email: row.email,
    servers,
    state,
    folder: folder === null ? null : sanitise(folder),
    counts,
    bytesLeft: bytesLeft ?? bytesLeftBy(counts),
    expected: expectedOf({ state, counts }, sizes, look),
    folders,
    errors: isGivenUp ? 0 : (record?.errors.open ?? 0),
    doubled: isGivenUp ? 0 : (record?.errors.doubled ?? 0),
    accepted: acceptedIn(entries, leftIn),
    cause: isGivenUp ? null : mainCause({ state, trouble: record?.data.trouble ?? null, entries, leftIn }),
    attempts: record?.data.attempts ?? 0,
    typedPasswords: record?.data.typedPasswords ?? [],
    lastResponse: lastResponse && { ...lastResponse, text: sanitise(lastResponse.text) },
    provider: GOES_ON.has(state.kind) ? null : provider,
  };
}

/** The size of each folder by the files, which do not keep the counters of the source. */
export function sizesOf(folders: readonly FolderEntity[]): readonly FolderSize[] {
  return folders.map(({ counts }) => ({ total: counts.total, bytes: counts.bytesTotal, told: null }));
}

import { BATCH_VERSION, type Batch, type BatchOptions, type Endpoint, type PlanRow } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { BadInput } from '../../words/bad-input.js';
import type { Side } from '../../words/side.js';
import { type BatchFlags, readBatchOptions } from '../input/batch-options.js';
import type { ConfigFlag } from '../input/config/config-option.js';
import { nameFromPair } from '../input/derived-name.js';
import { type Asks, readEndpoints } from '../input/endpoint/endpoint-options.js';
import type { NoticeFlags } from '../input/notices/notice-options.js';
import { rowId } from '../input/plan/row-id.js';
import { sameMove } from '../input/plan/same-move.js';
import { openWorkspace, type StateFlag } from '../process/command-parts.js';
import type { DisplayFlags } from '../process/display.js';
import type { Environment, Timing } from '../process/io.js';
import type { WaitFlag } from './reach-endpoints.js';

export interface MoveFlags extends BatchFlags, ConfigFlag, StateFlag, DisplayFlags, NoticeFlags, WaitFlag {
  readonly insecurePlaintext?: boolean;
  readonly rate?: string;
  readonly name?: string;
  readonly dryRun?: boolean;
}

/** A move, checked: nothing is written yet. */
export interface PreparedMove {
  readonly batch: Batch;
  readonly workspace: Workspace;
  /** The same pair was moved before: this goes on with it. */
  readonly known: BatchStore | null;
}

/** @throws BadInput  naming the side or the option */
export async function prepareMove(
  urls: Readonly<Record<Side, string>>,
  flags: MoveFlags,
  asks: Asks,
  io: Environment & Timing,
): Promise<PreparedMove> {
  const { source, destination } = await readEndpoints(urls, flags, { userMeans: 'mailbox', asks }, io.cwd);
  refuseItself(source, destination);
  // One mailbox waits for nobody: stagger and concurrency are for batches.
  const options = readBatchOptions({ ...flags, stagger: '0', concurrency: '1' }, io.zone);
  const workspace = await openWorkspace(flags, io);
  const name = flags.name ?? nameFromPair(source, destination);
  const fresh = batchOf(name, source, destination, options, io);
  const known = (await workspace.exists(name)) ? await workspace.open(name) : null;
  return { batch: known ? sameMove(known.batch, fresh, flags) : fresh, workspace, known };
}

function refuseItself(source: Endpoint, destination: Endpoint): void {
  const same = source.host === destination.host && source.port === destination.port && source.user === destination.user;
  if (same) throw new BadInput('source and destination are the same mailbox');
}

function batchOf(name: string, source: Endpoint, destination: Endpoint, options: BatchOptions, io: Timing): Batch {
  const [sourceUser, destinationUser] = [source.user ?? '', destination.user ?? ''];
  const id = rowId(destinationUser, new Set());
  const row: PlanRow = {
    id,
    email: destinationUser,
    sourceUser,
    destinationUser,
    userRoot: null,
    own: null,
    at: null,
    wave: null,
    row: 0,
  };
  return {
    version: BATCH_VERSION,
    name,
    createdAt: io.clock.now(),
    source,
    destination,
    others: { source: {}, destination: {} },
    options,
    planPath: null,
    mailboxes: [row],
  };
}

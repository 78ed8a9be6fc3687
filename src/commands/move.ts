import { Command } from 'commander';
import type { Batch, BatchOptions, Endpoint, PlanRow } from '../store/batch/batch.js';
import { BATCH_VERSION } from '../store/batch/batch.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import type { Workspace } from '../store/batch/workspace.js';
import { BadInput } from '../words/bad-input.js';
import type { Side } from '../words/side.js';
import { addFolderOptions, type BatchFlags, readBatchOptions } from './input/batch-options.js';
import { addConfigOption, type ConfigFlag } from './input/config/config-option.js';
import { ALL_TABLES } from './input/config/config-settings.js';
import { withConfig } from './input/config/with-config.js';
import { gatherCredentials } from './input/credentials/gather-credentials.js';
import { nameFromPair } from './input/derived-name.js';
import { type Asks, addEndpointOptions, readEndpoints } from './input/endpoint/endpoint-options.js';
import { warnOfPlaintext } from './input/endpoint/plaintext-warning.js';
import { addNoticeOptions, type NoticeFlags, readNotices } from './input/notices/notice-options.js';
import { rowId } from './input/plan/row-id.js';
import { sameMove } from './input/plan/same-move.js';
import { noticesAgain } from './launch/notices-again.js';
import { addWaitOption, reachEndpoints, type WaitFlag } from './launch/reach-endpoints.js';
import { refuseRunning } from './launch/refuse-running.js';
import { lackingIn, runBatch } from './launch/run-batch.js';
import {
  addDryRunOption,
  addPrintOptions,
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
  withPasswordsHelp,
} from './process/command-parts.js';
import { addDrawOptions, chooseDisplay, type DisplayFlags } from './process/display.js';
import type { Environment, Io, Timing } from './process/io.js';

export interface MoveFlags extends BatchFlags, ConfigFlag, StateFlag, DisplayFlags, NoticeFlags, WaitFlag {
  readonly insecurePlaintext?: boolean;
  readonly rate?: string;
  readonly name?: string;
  readonly dryRun?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('move')
    .summary('move one mailbox, now')
    .description(
      'Copies one mailbox, and removes nothing. The same pair again goes on where the last run ended, and takes what is new.',
    )
    .argument(
      '<source>',
      'imaps://user@host[:993] (TLS) or imap://user@host[:143] (STARTTLS); the last @ ends the user',
    )
    .argument('<destination>', 'the same')
    .option('--name <name>', 'name of the batch (default: made from both mailboxes)');
  addWaitOption(command);
  addStateOption(
    addDrawOptions(
      addPrintOptions(
        addNoticeOptions(addDryRunOption(addFolderOptions(addEndpointOptions(addConfigOption(command), 'mailbox')))),
      ),
    ),
  );
  withPasswordsHelp(command);
  withExamples(command, 'nightferry move imaps://ann@old.example@mail.old.example imaps://ann@mail.new.example');
  return command.action(async (source: string, destination: string, given: MoveFlags) => {
    const urls = { source, destination };
    // Its URLs name the mailboxes, so there is no admin.
    const without = ['source', 'destination', 'sourceAuthzid', 'destinationAuthzid'];
    const { flags } = await withConfig(given, command, { tables: ALL_TABLES, urls, without }, io);
    done(await move(urls, flags, io));
  });
};

async function move(urls: Readonly<Record<Side, string>>, flags: MoveFlags, io: Io): Promise<number> {
  const display = chooseDisplay(flags, io);
  const given = readNotices(flags, io);
  const { batch: asked, workspace, known } = await prepareMove(urls, flags, 'options', io);
  if (known) await refuseRunning(known);
  await warnOfPlaintext(asked, io);
  const { batch, reached } = await reachEndpoints(asked, flags, display, io);
  const notices = await noticesAgain(given, known, io);
  const lacking = flags.dryRun ? 'refuse' : lackingIn(display);
  const credentials = await gatherCredentials({ ...batch, rows: batch.mailboxes, plan: null }, lacking, io);
  if (flags.dryRun) {
    await reached();
    const { dryRun } = await import('./launch/dry-run.js');
    return await dryRun({ batch, credentials, store: known, format: flags.json ? 'json' : 'plain' }, io);
  }
  const openStore = async () => {
    await reached();
    return known ?? (await workspace.create(batch));
  };
  return await runBatch({ batch, workspace, credentials, notices, openStore }, display, io);
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

import { Command } from 'commander';
import type { Batch } from '../store/batch/batch.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import type { Workspace } from '../store/batch/workspace.js';
import { attach } from './attach.js';
import { type BatchFlags, datesOption, deletedOption, messageOptions } from './input/batch-options.js';
import type { Lacking } from './input/credentials/credential-sources.js';
import { batchAgain, credentialsAgain } from './input/credentials/credentials-again.js';
import { addCredentialOptions } from './input/endpoint/endpoint-options.js';
import { warnOfPlaintext } from './input/endpoint/plaintext-warning.js';
import { refuseRunning } from './launch/refuse-running.js';
import { lackingIn, type Run, runBatch } from './launch/run-batch.js';
import {
  addPrintOptions,
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
} from './process/command-parts.js';
import { addDrawOptions, chooseDisplay, type DisplayFlags } from './process/display.js';
import type { Io } from './process/io.js';

interface ResumeFlags extends StateFlag, DisplayFlags, Pick<BatchFlags, 'deleted' | 'dates'> {
  readonly plan?: string;
  readonly takeOver?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('resume')
    .summary('go on with a batch')
    .description(
      'Goes on with a batch: what failed, what was not tried yet, and what is new. In a terminal it opens the console on one that runs.',
    )
    .argument('<name>', 'the batch')
    .option('--plan <file>', 'plan to read the passwords from (default: the one the batch was made from)')
    .option('--take-over', 'go on though the batch is locked by a machine or container that is gone for good')
    .addOption(deletedOption())
    .addOption(datesOption());
  addStateOption(addDrawOptions(addPrintOptions(addCredentialOptions(command))));
  withExamples(command, 'nightferry resume school', 'nightferry resume school --plan school-new-passwords.csv');
  return command.action(async (name: string, flags: ResumeFlags) => done(await resume(name, flags, io)));
};

async function resume(name: string, flags: ResumeFlags, io: Io): Promise<number> {
  const display = chooseDisplay(flags, io);
  const workspace = await openWorkspace(flags, io);
  const store = await workspace.open(name);
  if (flags.takeOver) await store.takeOver();
  if (display.kind === 'console' && (await store.whoRuns())) return await attach(name, flags, io);
  await refuseRunning(store);
  const run = await prepareResume({ store, workspace, flags, lacking: lackingIn(display) }, io);
  return await runBatch(run, display, io);
}

/** @throws BadInput  when the plan that gives the passwords cannot be used, or gives too few */
export async function prepareResume(
  {
    store,
    workspace,
    flags,
    lacking,
  }: {
    readonly store: BatchStore;
    readonly workspace: Workspace;
    readonly flags: ResumeFlags;
    readonly lacking: Lacking;
  },
  io: Io,
): Promise<Run> {
  const again = batchAgain(store, flags);
  const batch: Batch = { ...again, options: { ...again.options, ...messageOptions(flags) } };
  await warnOfPlaintext(batch, io);
  const credentials = await credentialsAgain(batch, flags, lacking, io);
  return { batch, workspace, credentials, openStore: async () => store };
}

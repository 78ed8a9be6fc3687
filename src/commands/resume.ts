import { Command } from 'commander';
import type { Batch, Endpoint } from '../store/batch.js';
import type { BatchStore } from '../store/batch-store.js';
import type { Workspace } from '../store/workspace.js';
import { BadInput } from '../words/bad-input.js';
import type { Side } from '../words/side.js';
import { attach } from './attach.js';
import { type BatchFlags, datesOption, deletedOption, messageOptions } from './batch-options.js';
import {
  addPrintOptions,
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
} from './command-parts.js';
import type { Lacking } from './credential-sources.js';
import { addDrawOptions, chooseDisplay, type DisplayFlags } from './display.js';
import { addCredentialOptions, credentialCommands, endpointFlags } from './endpoint-options.js';
import { gatherCredentials } from './gather-credentials.js';
import type { Io } from './io.js';
import { passwordsAgain } from './match-plan.js';
import { warnOfPlaintext } from './plaintext-warning.js';
import type { Plan } from './plan.js';
import { readPlanFile } from './plan-file.js';
import { refuseRunning } from './refuse-running.js';
import { lackingIn, type Run, runBatch } from './run-batch.js';

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
  const batch: Batch = {
    ...store.batch,
    source: withCommands(store.batch.source, 'source', flags),
    destination: withCommands(store.batch.destination, 'destination', flags),
    options: { ...store.batch.options, ...messageOptions(flags) },
  };
  const read = await readAgain(batch, flags, io);
  await warnOfPlaintext(batch, io);
  const plan = read instanceof BadInput ? null : read;
  const credentials = await gatherCredentials({ ...batch, rows: batch.mailboxes, plan }, lacking, io).catch((error) => {
    throw read instanceof BadInput && error instanceof BadInput ? read : error;
  });
  return { batch, workspace, credentials, openStore: async () => store };
}

/**
 * The plan, for its passwords. One that was named must be readable; the one that the batch remembers may
 * be gone where passwords come from elsewhere, so what is wrong with it is handed back, not thrown.
 */
async function readAgain(batch: Batch, flags: ResumeFlags, io: Io): Promise<Plan | BadInput | null> {
  const path = flags.plan ?? batch.planPath;
  if (path === null) return null;
  try {
    return passwordsAgain(batch.mailboxes, (await readPlanFile(path, io.cwd)).plan);
  } catch (error) {
    if (error instanceof BadInput && flags.plan === undefined) {
      return new BadInput(`${error.message}; --plan names the plan's new place`);
    }
    throw error;
  }
}

/** Commands given now count for this run; the batch keeps those it was made with. */
function withCommands(endpoint: Endpoint, side: Side, flags: ResumeFlags): Endpoint {
  const commands = credentialCommands(endpointFlags({ ...flags }, side), side);
  return commands.passwordCommand || commands.tokenCommand ? { ...endpoint, ...commands } : endpoint;
}

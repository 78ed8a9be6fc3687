import { Command } from 'commander';
import { attach } from './attach.js';
import { datesOption, deletedOption, waveOption } from './input/batch-options.js';
import { addConfigOption } from './input/config/config-option.js';
import { withConfig } from './input/config/with-config.js';
import { addBearingOptions, addCredentialOptions } from './input/endpoint/endpoint-options.js';
import { addNoticeOptions } from './input/notices/notice-options.js';
import { prepareResume, type ResumeFlags } from './launch/prepare-resume.js';
import { lackingIn, runBatch } from './launch/run-batch.js';
import {
  addDryRunOption,
  addPrintOptions,
  addStateOption,
  type MakeCommand,
  openWorkspace,
  withExamples,
} from './process/command-parts.js';
import { addDrawOptions, chooseDisplay } from './process/display.js';
import type { Io } from './process/io.js';
import { refuseRunning } from './reach/refuse-running.js';

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('resume')
    .summary('go on with a batch')
    .description(
      'Goes on with a batch: what failed, what was not tried yet, and what is new. In a terminal it opens the console on one that runs.',
    )
    .argument('<name>', 'the batch')
    .option('--plan <file>', 'plan to read the passwords from (default: the one the batch was made from)')
    .option('--take-over', 'go on though the batch is locked by a machine or container that is gone for good')
    .addOption(waveOption())
    .addOption(deletedOption())
    .addOption(datesOption());
  addNoticeOptions(command).option('--no-notify', 'tell nobody of this batch any more');
  addStateOption(
    addDrawOptions(addPrintOptions(addDryRunOption(addBearingOptions(addCredentialOptions(addConfigOption(command)))))),
  );
  withExamples(command, 'nightferry resume school', 'nightferry resume school --plan school-new-passwords.csv');
  return command.action(async (name: string, given: ResumeFlags) => {
    // Servers and options are those that the batch was made with.
    const { flags } = await withConfig(given, command, { tables: ['notify'] }, io);
    done(await resume(name, flags, io));
  });
};

async function resume(name: string, flags: ResumeFlags, io: Io): Promise<number> {
  const display = chooseDisplay(flags, io);
  const workspace = await openWorkspace(flags, io);
  const store = await workspace.open(name);
  if (flags.takeOver && !flags.dryRun) await store.takeOver();
  if (!flags.dryRun && display.kind === 'console' && (await store.whoRuns())) return await attach(name, flags, io);
  await refuseRunning(store, 'go on with it');
  const lacking = flags.dryRun ? 'refuse' : lackingIn(display);
  const run = await prepareResume({ store, workspace, flags, lacking }, io);
  if (flags.dryRun) {
    const { dryRun } = await import('./launch/dry-run.js');
    return await dryRun({ ...run, store, format: flags.json ? 'json' : 'plain' }, io);
  }
  return await runBatch(run, display, io);
}

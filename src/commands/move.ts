import { Command } from 'commander';
import type { Side } from '../words/side.js';
import { addFolderOptions } from './input/batch-options.js';
import { addConfigOption } from './input/config/config-option.js';
import { ALL_TABLES } from './input/config/config-settings.js';
import { withConfig } from './input/config/with-config.js';
import { gatherCredentials } from './input/credentials/gather-credentials.js';
import { addEndpointOptions } from './input/endpoint/endpoint-options.js';
import { warnOfPlaintext } from './input/endpoint/plaintext-warning.js';
import { addNoticeOptions, readNotices } from './input/notices/notice-options.js';
import { noticesAgain } from './launch/notices-again.js';
import { type MoveFlags, prepareMove } from './launch/prepare-move.js';
import { addWaitOption, reachEndpoints } from './launch/reach-endpoints.js';
import { lackingIn, runBatch } from './launch/run-batch.js';
import {
  addDryRunOption,
  addPrintOptions,
  addStateOption,
  type MakeCommand,
  withExamples,
  withPasswordsHelp,
} from './process/command-parts.js';
import { addDrawOptions, chooseDisplay } from './process/display.js';
import type { Io } from './process/io.js';
import { refuseRunning } from './reach/refuse-running.js';

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

import { Command } from 'commander';
import type { BatchStore } from '../store/batch/batch-store.js';
import { takeFromCensus } from '../store/batch/census.js';
import type { Workspace } from '../store/batch/workspace.js';
import { BadInput } from '../words/bad-input.js';
import { plural, showCount } from '../words/units.js';
import { lossOf } from './desk/loss.js';
import { addFolderOptions, addPaceOptions } from './input/batch-options.js';
import { addConfigOption, type ConfigFlag } from './input/config/config-option.js';
import { ALL_TABLES, NOT_FOR_PLANS } from './input/config/config-settings.js';
import { type Configured, withConfig } from './input/config/with-config.js';
import { gatherCredentials } from './input/credentials/gather-credentials.js';
import { addEndpointOptions } from './input/endpoint/endpoint-options.js';
import { warnOfPlaintext } from './input/endpoint/plaintext-warning.js';
import { addNoticeOptions, type NoticeFlags, noticesFor, readNotices } from './input/notices/notice-options.js';
import { type PlannedFlags, readPlannedBatch } from './input/plan/planned-batch.js';
import { addWaitOption, reachEndpoints, type WaitFlag } from './launch/reach-endpoints.js';
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
import { addDrawOptions, chooseDisplay, type Display, type DisplayFlags } from './process/display.js';
import type { Io, Prompts, Stderr, Timing, Version } from './process/io.js';
import { note } from './process/note.js';
import { refuseRunning } from './reach/refuse-running.js';

interface RunFlags extends PlannedFlags, ConfigFlag, StateFlag, DisplayFlags, NoticeFlags, WaitFlag {
  readonly replace?: boolean;
  readonly dryRun?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('run')
    .summary('move the mailboxes of a plan')
    .description(
      'Copies the mailboxes of a plan from one server to another, and removes nothing. `nightferry resume` goes on with it.',
    )
    .argument(
      '<plan>',
      'CSV with EmailAddress (the mailbox there), UserName and Password (of the source) and optionally UserRoot, DestinationUserName, DestinationPassword, and Source, Destination (servers), Include, Exclude, Map, Since, Wave of its own',
    )
    .option(
      '--source <url>',
      'imaps://host[:993] (TLS) or imap://host[:143] (STARTTLS); with --source-authzid imaps://admin@host',
    )
    .option('--destination <url>', 'the same for the destination')
    .option('--name <name>', "name of the batch (default: the plan's file name)");
  addWaitOption(command).option('--replace', 'make a batch of this name anew that has copied nothing yet');
  addStateOption(
    addDrawOptions(
      addPrintOptions(
        addNoticeOptions(
          addDryRunOption(addPaceOptions(addFolderOptions(addEndpointOptions(addConfigOption(command), 'admin')))),
        ),
      ),
    ),
  );
  withPasswordsHelp(command);
  withExamples(
    command,
    'nightferry run school.csv --source imaps://mail.old.example --destination imaps://mail.new.example',
    "nightferry run school.csv --source imaps://mail.old.example --source-login '{user}*admin' --destination imaps://mail.new.example",
  );
  return command.action(async (plan: string, given: RunFlags) => {
    done(await run(plan, await withConfig(given, command, { tables: ALL_TABLES, without: NOT_FOR_PLANS }, io), io));
  });
};

async function run(planPath: string, configured: Configured<RunFlags>, io: Io): Promise<number> {
  const { flags } = configured;
  const { batch: asked, plan } = await readPlannedBatch(planPath, configured, io);
  const { name, mailboxes } = asked;
  const display = chooseDisplay(flags, io);
  const notices = noticesFor(readNotices(flags, io), null);
  const workspace = await openWorkspace(flags, io);
  const isKnown = !flags.dryRun && (await workspace.exists(name));
  const former = isKnown ? await replaceable(await workspace.open(name), flags, display, io) : null;
  await warnOfPlaintext(asked, io);
  const { batch, reached } = await reachEndpoints(asked, flags, display, io);
  const lacking = flags.dryRun ? 'refuse' : lackingIn(display);
  const credentials = await gatherCredentials({ ...batch, rows: mailboxes, plan }, lacking, io);
  if (flags.dryRun) {
    await reached();
    const { dryRun } = await import('./launch/dry-run.js');
    return await dryRun({ batch, credentials, store: null, format: flags.json ? 'json' : 'plain' }, io);
  }
  const openStore = async () => {
    await reached();
    if (former) await workspace.delete(former.name);
    const store = await workspace.create(batch);
    await takeCensus(workspace, store, io);
    return store;
  };
  return await runBatch({ batch, workspace, credentials, notices, openStore }, display, io);
}

/** The batch starts from what `check` found out, so that its size and its end are told at once. */
async function takeCensus(workspace: Workspace, store: BatchStore, io: Stderr & Timing): Promise<void> {
  const [census, looks] = [await workspace.census(store.name), await store.looks()];
  const taken = takeFromCensus(census, store.batch, looks, io.clock.now());
  if (taken === 0) return;
  await looks.save();
  const of = `${showCount(taken)} of ${plural(store.batch.mailboxes.length, 'mailbox', 'mailboxes')}`;
  await note(`the census of the last check is known of ${of}`, io);
}

/**
 * A batch of this name, where it may be made anew: it has copied nothing, and the operator says so.
 *
 * @throws BadInput  where it may not, or is not to be
 */
async function replaceable(
  store: BatchStore,
  { replace }: RunFlags,
  display: Display,
  io: Prompts & Version & Timing,
): Promise<BatchStore> {
  const { name } = store;
  await refuseRunning(store);
  const loss = await lossOf(store, io);
  const goesOn = `\`nightferry resume ${name}\` goes on with it, --name starts another`;
  if (loss === null || loss.settled > 0) {
    const why =
      replace && loss ? ` and holds ${plural(loss.settled, 'message')}: --replace is for one that copied nothing` : '';
    throw new BadInput(`a batch ${name} exists already${why}; ${goesOn}`);
  }
  if (replace) return store;
  const confirm = display.kind === 'console' ? io.confirm : null;
  if (confirm === null)
    throw new BadInput(`a batch ${name} exists already and has copied nothing: --replace makes it anew, ${goesOn}`);
  if (await confirm(`A batch ${name} exists already and has copied nothing. Make it anew from this plan?`))
    return store;
  throw new BadInput(`the batch ${name} stays as it is; ${goesOn}`);
}

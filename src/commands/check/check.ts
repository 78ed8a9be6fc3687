import { Command, Option } from 'commander';
import type { WriteTest } from '../../engine/check/write-test/write-tests.js';
import { keepYoungSpaceSmall } from '../../engine/imap/connection/spent-buffers.js';
import { addFolderOptions, addPaceOptions } from '../input/batch-options.js';
import { addConfigOption, type ConfigFlag } from '../input/config/config-option.js';
import { NOT_FOR_PLANS } from '../input/config/config-settings.js';
import { type Configured, withConfig } from '../input/config/with-config.js';
import { gatherCredentials } from '../input/credentials/gather-credentials.js';
import { addEndpointOptions } from '../input/endpoint/endpoint-options.js';
import { warnOfPlaintext } from '../input/endpoint/plaintext-warning.js';
import { type PlannedFlags, readPlannedBatch } from '../input/plan/planned-batch.js';
import type { StartFlags } from '../input/start-options.js';
import {
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
  withPasswordsHelp,
} from '../process/command-parts.js';
import { addDrawOptions, chooseDisplay, type Display, type DrawFlags } from '../process/display.js';
import type { Io } from '../process/io.js';
import { isWriteMeant } from './ask-write-test.js';
import { type CheckFormat, runCheck } from './run-check.js';

interface CheckFlags extends PlannedFlags, ConfigFlag, StateFlag, DrawFlags {
  readonly plain?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly markdown?: boolean;
  readonly writeTest?: boolean;
  readonly writeTestEach?: boolean;
  readonly yes?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('check')
    .summary('find before the night what would fail in it')
    .description(
      'Looks at all mailboxes of a plan on both sides and changes nothing, unless --write-test asks for it: says what will fail, what may fail, and what cannot be known. Takes the options of `run`.',
    )
    .argument('<plan>', 'CSV, as `nightferry run` reads it')
    .option('--source <url>', 'imaps://host[:993] (TLS) or imap://host[:143] (STARTTLS)')
    .option('--destination <url>', 'the same for the destination')
    .option(
      '--name <name>',
      "the batch that `run` will make, which starts from this census (default: the plan's file name)",
    )
    .option('--plain', 'print lines, in a terminal too')
    .option('--all', 'each finding, and the census of each mailbox')
    .addOption(new Option('--json', 'print one JSON object a line').conflicts('csv'))
    .addOption(new Option('--csv', 'print the findings as CSV, a row each').conflicts('markdown'))
    .addOption(new Option('--markdown', 'print a report with tables, for a ticket or a wiki').conflicts('json'))
    .option(
      '--write-test',
      'also write one small message into a folder of its own in one mailbox of each destination server, read it back, and remove both',
    )
    .option('--write-test-each', 'the same in each mailbox that can be looked at')
    .option('--yes', 'do not ask before a write test; needed where there is no terminal');
  addDrawOptions(command);
  addStateOption(addPaceOptions(addFolderOptions(addEndpointOptions(addConfigOption(command), 'admin'))));
  withPasswordsHelp(command);
  withExamples(
    command,
    'nightferry check school.csv --source imaps://mail.old.example --destination imaps://mail.new.example',
  );
  return command.action(async (plan: string, given: CheckFlags) => {
    const use = { tables: ['source', 'destination', 'batch'] as const, without: NOT_FOR_PLANS };
    done(await check(plan, await withConfig(given, command, use, io), io));
  });
};

async function check(planPath: string, configured: Configured<CheckFlags>, io: Io): Promise<number> {
  keepYoungSpaceSmall();
  const { flags } = configured;
  const { batch, plan } = await readPlannedBatch(planPath, configured, io);
  const writeTest = writeTestOf(flags);
  if (writeTest !== 'none' && !flags.yes && !(await isWriteMeant(batch, writeTest, io))) {
    await io.err.write('check: nothing was looked at, and nothing written\n');
    return 0;
  }
  await warnOfPlaintext(batch, io);
  const given = await gatherCredentials({ ...batch, rows: batch.mailboxes, plan }, 'refuse', io);
  const workspace = await openWorkspace(flags, io);
  return await runCheck(
    { batch, given, workspace, format: formatOf(flags), display: displayOf(flags, io), writeTest },
    io,
  );
}

const formatOf = ({ json, csv, markdown, all }: CheckFlags): CheckFormat =>
  json ? 'json' : csv ? 'csv' : markdown ? 'markdown' : all ? 'all' : 'groups';

const writeTestOf = ({ writeTest, writeTestEach }: CheckFlags): WriteTest =>
  writeTestEach ? 'each mailbox' : writeTest ? 'one of each server' : 'none';

/** A format other than that of a terminal is printed. */
function displayOf({ json, csv, markdown, all, plain, ...drawn }: CheckFlags, io: Io): Display {
  return chooseDisplay({ ...drawn, ...(json || csv || markdown || all || plain ? { plain: true } : {}) }, io);
}

/** The check of a plan that was chosen on the start screen. @returns the exit code */
export async function checkFromStart(plan: string, given: StartFlags, io: Io): Promise<number> {
  const { state, config, theme, ascii, mouse } = given;
  let exitCode = 0;
  const command = makeCommand(io, (code) => {
    exitCode = code;
  });
  const words = [
    ...(state === undefined ? [] : ['--state', state]),
    ...(config === false ? ['--no-config'] : config === undefined ? [] : ['--config', config]),
    ...(theme === undefined ? [] : ['--theme', theme]),
    ...(ascii ? ['--ascii'] : []),
    ...(mouse === false ? ['--no-mouse'] : []),
  ];
  await command.exitOverride().parseAsync([...words, '--', plan], { from: 'user' });
  return exitCode;
}

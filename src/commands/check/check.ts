import { Command, Option } from 'commander';
import { BATCH_VERSION, type Batch } from '../../store/batch/batch.js';
import { BadInput } from '../../words/bad-input.js';
import type { Side } from '../../words/side.js';
import { addFolderOptions, addPaceOptions, type BatchFlags, readBatchOptions } from '../input/batch-options.js';
import { gatherCredentials } from '../input/credentials/gather-credentials.js';
import { nameFromPlan } from '../input/derived-name.js';
import { addEndpointOptions, endpointFlags, readEndpoint } from '../input/endpoint/endpoint-options.js';
import { warnOfPlaintext } from '../input/endpoint/plaintext-warning.js';
import { readPlanFile } from '../input/plan/plan-file.js';
import { type MakeCommand, withExamples, withPasswordsHelp } from '../process/command-parts.js';
import type { Io } from '../process/io.js';
import { type CheckFormat, runCheck } from './run-check.js';

interface CheckFlags extends BatchFlags {
  readonly source?: string;
  readonly destination?: string;
  readonly insecurePlaintext?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('check')
    .summary('find before the night what would fail in it')
    .description(
      'Looks at all mailboxes of a plan on both sides and changes nothing: says what will fail, what may fail, and what cannot be known. Takes the options of `run`.',
    )
    .argument('<plan>', 'CSV, as `nightferry run` reads it')
    .option('--source <url>', 'imaps://host[:993] (TLS) or imap://host[:143] (STARTTLS)')
    .option('--destination <url>', 'the same for the destination')
    .option('--all', 'each finding, and the census of each mailbox')
    .addOption(new Option('--json', 'print one JSON object a line').conflicts('csv'))
    .option('--csv', 'print the findings as CSV, a row each');
  addPaceOptions(addFolderOptions(addEndpointOptions(command, 'admin')));
  withPasswordsHelp(command);
  withExamples(
    command,
    'nightferry check school.csv --source imaps://mail.old.example --destination imaps://mail.new.example',
  );
  return command.action(async (plan: string, flags: CheckFlags) => done(await check(plan, flags, io)));
};

async function check(planPath: string, flags: CheckFlags, io: Io): Promise<number> {
  const end = (side: Side) =>
    readEndpoint(
      {
        side,
        url: flags[side] ?? missingUrl(side),
        flags: endpointFlags({ ...flags }, side),
        insecurePlaintext: flags.insecurePlaintext ?? false,
        userMeans: 'admin',
        asks: 'options',
      },
      io.cwd,
    );
  const [source, destination] = [await end('source'), await end('destination')];
  const options = readBatchOptions(flags, io.zone);
  const { plan, absolute } = await readPlanFile(planPath, io.cwd);
  const batch: Batch = {
    version: BATCH_VERSION,
    name: nameFromPlan(planPath),
    createdAt: io.clock.now(),
    source,
    destination,
    options,
    planPath: absolute,
    mailboxes: [...plan.rows],
  };
  await warnOfPlaintext(batch, io);
  const given = await gatherCredentials({ source, destination, rows: batch.mailboxes, plan }, 'refuse', io);
  return await runCheck({ batch, given, format: formatOf(flags) }, io);
}

const formatOf = ({ json, csv, all }: CheckFlags): CheckFormat =>
  json ? 'json' : csv ? 'csv' : all ? 'all' : 'groups';

function missingUrl(side: Side): never {
  throw new BadInput(`--${side} is missing, like --${side} imaps://mail.example`);
}

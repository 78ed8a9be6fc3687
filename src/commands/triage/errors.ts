import { Command, Option } from 'commander';
import { select } from '../../engine/decisions/selection.js';
import { exportRows } from '../../engine/triage/export-rows.js';
import { exportText } from '../../engine/triage/export-text.js';
import { HEADERED_COLUMNS } from '../../engine/triage/failed-headers.js';
import type { ErrorGroupEntity } from '../../protocol/answers.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import type { Selection } from '../../words/decision.js';
import { readBatchFiles } from '../desk/batch-files.js';
import { noteUnread } from '../desk/note-files.js';
import { readErrors } from '../desk/read-errors.js';
import { headeredRows } from '../desk/with-headers.js';
import type { AgainFlags } from '../input/credentials/credentials-again.js';
import { addCredentialOptions } from '../input/endpoint/endpoint-options.js';
import { checkMailboxes } from '../input/selection/mailboxes.js';
import { addSelectionOptions, isEverything, readSelection, type SelectionFlags } from '../input/selection/options.js';
import { asTyped } from '../output/as-typed.js';
import { errorsPage } from '../output/errors-page.js';
import { groupLines } from '../output/errors-text.js';
import { jsonForScripts } from '../output/json-printer.js';
import { addStateOption, type MakeCommand, openBatch, type StateFlag, withExamples } from '../process/command-parts.js';
import type { Environment, Io, Prompts, Stderr, Stdout, Timing } from '../process/io.js';

/** Lines of single failures that are shown with the words of the servers; where there are more, a line a group. */
const ON_A_SCREEN = 20;

interface ErrorsFlags extends SelectionFlags, StateFlag, AgainFlags {
  readonly by: 'code' | 'kind';
  readonly all?: boolean;
  readonly skipped?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly headers?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('errors')
    .summary('what failed, by response code')
    .description(
      'Lists what failed and is still open: each failure with the response of the server where they fit a screen, else a line for each response code; and then what was stored but changed on the way (noted, nothing is left to do).',
    )
    .argument('<name>', 'the batch')
    .addOption(new Option('--by <what>', 'what a group has in common').choices(['code', 'kind']).default('code'))
    .option('--all', 'each failure by itself, with the response of the server, however many there are')
    .option('--skipped', 'also what was left out by decision')
    .option('--json', 'print one JSON object')
    .option('--csv', 'print CSV, a row a message')
    .option(
      '--headers',
      'with --csv or --json, a row a message: From, Subject, Date and size too, read from the source',
    )
    .option(
      '--plan <file>',
      'with --headers: plan to read the passwords from (default: the one the batch was made from)',
    );
  withExamples(
    addStateOption(addCredentialOptions(addSelectionOptions(command), ['source'])),
    'nightferry errors school',
    'nightferry errors school --by kind --side source --json',
    'nightferry errors school --code OVERQUOTA --csv > overquota.csv',
    'nightferry errors school --mailbox ann@new.example --csv --headers > ann.csv',
  );
  return command.action(async (name: string, flags: ErrorsFlags) => {
    await listErrors(name, flags, io);
    done(0);
  });
};

async function listErrors(name: string, flags: ErrorsFlags, io: Io): Promise<void> {
  if (flags.csv && flags.json) throw new BadInput('errors: give --csv or --json, not both');
  if (flags.headers && !flags.csv && !flags.json) throw new BadInput('errors: --headers needs --csv or --json');
  const selection = readSelection(flags);
  const store = await openBatch(name, flags, io);
  checkMailboxes(flags.mailbox ?? [], store.batch);
  if (flags.csv || flags.headers) return await printRows(store, selection, flags, io);
  const { filter, entries, uids } = selection;
  const groups = await readErrors(store, { filter, entries, uids, by: flags.by }, io);
  const shown = flags.skipped ? groups : groups.filter(({ standing }) => standing !== 'skipped');
  await io.out.write(
    `${flags.json ? asJson(store, shown, io) : asText(store, shown, selection, flags, io).join('\n')}\n`,
  );
}

function asJson(store: BatchStore, groups: readonly ErrorGroupEntity[], io: Environment): string {
  return jsonForScripts({ version: PROTOCOL_VERSION, batch: store.name, groups }, asTyped(store, io));
}

function asText(
  store: BatchStore,
  groups: readonly ErrorGroupEntity[],
  selection: Selection,
  { all }: ErrorsFlags,
  io: Stdout & Environment,
): string[] {
  const { name } = store;
  const typed = asTyped(store, io);
  if (groups.length === 0)
    return [isEverything(selection) ? `${name}: nothing failed` : `${name}: nothing of this failed`];
  const each = groups.flatMap((group) => groupLines(group, typed));
  if (all || each.length <= ON_A_SCREEN) return each;
  return [
    ...errorsPage(groups, { typed, width: io.out.width }),
    `\`nightferry errors ${typed} --all\` lists each failure, \`--csv\` each message`,
  ];
}

/** From the files, also while an engine runs: it sends no million of rows. They are a checkpoint behind it at most. */
async function printRows(
  store: BatchStore,
  selection: Selection,
  flags: ErrorsFlags,
  io: Stdout & Stderr & Prompts & Environment & Timing,
): Promise<void> {
  const files = await readBatchFiles(store);
  await noteUnread(store, files, io);
  const { ledgers } = files;
  const open = select(ledgers, selection);
  const selected = flags.skipped ? [...open, ...select(ledgers, selection, 'skipped')] : open;
  const format = flags.csv ? 'csv' : 'json';
  const texts = flags.headers
    ? exportText(await headeredRows(store, files, [...selected], flags, io), format, undefined, HEADERED_COLUMNS)
    : exportText(exportRows(selected), format);
  for (const text of texts) await io.out.write(text);
}

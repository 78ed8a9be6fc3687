import { Command, Option } from 'commander';
import { loadsOfBatch, loadsOfPlan } from '../../engine/rehearsal/loads.js';
import { type RehearsalOrder, rehearseNight } from '../../engine/rehearsal/rehearse-night.js';
import type { Rehearsed } from '../../engine/rehearsal/rehearsed.js';
import { isBatchName } from '../../store/batch/batch-name.js';
import { lookInCensus } from '../../store/batch/census.js';
import { readStatus } from '../desk/read-status.js';
import { addFolderOptions, addPaceOptions } from '../input/batch-options.js';
import { addConfigOption, type ConfigFlag } from '../input/config/config-option.js';
import { NOT_FOR_PLANS } from '../input/config/config-settings.js';
import { withConfig } from '../input/config/with-config.js';
import { addEndpointOptions } from '../input/endpoint/endpoint-options.js';
import { nextHour } from '../input/hour.js';
import { type PlannedFlags, readPlannedBatch } from '../input/plan/planned-batch.js';
import {
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
} from '../process/command-parts.js';
import type { Environment, Stderr, Stdout, Timing, Version } from '../process/io.js';
import { rehearsalLines } from './rehearsal-lines.js';
import { rehearsalCsv, rehearsalJson } from './rehearsal-rows.js';

interface RehearseFlags extends PlannedFlags, ConfigFlag, StateFlag {
  readonly by?: string;
  readonly start?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('rehearse')
    .summary('play the night: what is done by when')
    .description(
      'Plays the night of a plan or a batch on a clock of its own, and reaches no server: says what is done by an hour and what is not, why, and what would help. A plan takes the options of `run`.',
    )
    .argument('<plan or name>', 'a batch, or a plan as `nightferry run` reads it')
    .option('--by <hour>', 'the hour by which it is to be done, like 06:00')
    .option('--start <hour>', 'the hour at which it begins (default: now)')
    .option('--source <url>', 'of a plan: imaps://host[:993] (TLS) or imap://host[:143] (STARTTLS)')
    .option('--destination <url>', 'the same for the destination')
    .option('--name <name>', "of a plan: the batch under which `check` kept its census (default: the plan's file name)")
    .option('--all', 'each mailbox in the chart, and not only those that end last')
    .addOption(new Option('--json', 'print one JSON object a line').conflicts('csv'))
    .option('--csv', 'print the mailboxes as CSV, a row each');
  addStateOption(addPaceOptions(addFolderOptions(addEndpointOptions(addConfigOption(command), 'admin'))));
  withExamples(
    command,
    'nightferry rehearse school --by 06:00',
    'nightferry rehearse school.csv --source imaps://mail.old.example --destination imaps://mail.new.example --start 20:00 --by 06:00',
  );
  return command.action(async (what: string, given: RehearseFlags) => {
    const order = await orderOf(what, given, command, io);
    const rehearsed = await rehearseNight(order);
    await io.out.write(textOf(rehearsed, given, order.now, io));
    done(isInTime(rehearsed) ? 0 : 3);
  });
};

/** @throws BadInput */
async function orderOf(
  what: string,
  given: RehearseFlags,
  command: Command,
  io: Environment & Stderr & Timing & Version,
): Promise<RehearsalOrder> {
  const now = io.clock.now();
  const from = given.start === undefined ? now : nextHour(given.start, '--start', now, io.zone);
  const by = given.by === undefined ? null : nextHour(given.by, '--by', from, io.zone);
  const workspace = await openWorkspace(given, io);
  if (isBatchName(what) && (await workspace.exists(what))) {
    const store = await workspace.open(what);
    const [{ mailboxes }, looks] = [await readStatus(store, io), await store.looks()];
    const sorted = loadsOfBatch(store.batch, mailboxes, (id) => looks.of(id)?.newest ?? null);
    return { batch: store.batch, sorted, workspace, now, from, by };
  }
  const use = { tables: ['source', 'destination', 'batch'] as const, without: NOT_FOR_PLANS };
  const { batch } = await readPlannedBatch(what, await withConfig(given, command, use, io), io);
  const census = await workspace.census(batch.name);
  const sorted = loadsOfPlan(batch, (row) => lookInCensus(census, batch, row, now));
  return { batch, sorted, workspace, now, from, by };
}

function textOf(rehearsed: Rehearsed, { json, csv, all }: RehearseFlags, at: number, io: Stdout): string {
  if (csv) return rehearsalCsv(rehearsed);
  const lines = json ? rehearsalJson(rehearsed, at) : rehearsalLines(rehearsed, all ? 'all' : 'last', io.out.width);
  return `${lines.join('\n')}\n`;
}

/** All are done by the hour; where none was asked for, at some time. */
function isInTime({ rehearsal: { mailboxes, by, doneBy, end } }: Rehearsed): boolean {
  return by === null ? end.middle !== null || mailboxes.length === 0 : doneBy?.middle === mailboxes.length;
}

import { Command } from 'commander';
import { PROTOCOL_VERSION } from '../protocol/entities.js';
import { showEndpoint } from '../protocol/show-endpoint.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import type { Workspace } from '../store/batch/workspace.js';
import { BadInput } from '../words/bad-input.js';
import { showTime } from '../words/times.js';
import { plural } from '../words/units.js';
import { readStatus } from './desk/read-status.js';
import { whyNoEngine } from './launch/reach-engine.js';
import { noteRemarks } from './output/note-files.js';
import { harmless } from './output/plain-text.js';
import { summaryTable } from './output/summary.js';
import { table } from './output/table.js';
import {
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
} from './process/command-parts.js';
import type { Io } from './process/io.js';

interface StatusFlags extends StateFlag {
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('status')
    .summary('list batches, or one batch with its mailboxes')
    .description(
      'Lists the batches, or shows one batch with its mailboxes: from the engine that runs it, else from its files.',
    )
    .argument('[name]', 'the batch')
    .option('--json', 'print one JSON object');
  withExamples(addStateOption(command), 'nightferry status', 'nightferry status school --json');
  return command.action(async (name: string | undefined, flags: StatusFlags) => {
    const text = name === undefined ? await listBatches(flags, io) : await showBatch(name, flags, io);
    await io.out.write(`${text}\n`);
    done(0);
  });
};

async function showBatch(name: string, flags: StatusFlags, io: Io): Promise<string> {
  const store = await (await openWorkspace(flags, io)).open(name);
  const status = await readStatus(store, io);
  await noteRemarks(store, io);
  const who = await store.whoRuns();
  // From the files it would say `stopped` of one that hangs, and goes on.
  if (who && (status.batch.state === 'stopped' || status.batch.state === 'ended'))
    await io.err.write(`note: ${whyNoEngine(name, who)}; this is what its files say\n`).catch(() => undefined);
  if (flags.json) return JSON.stringify(status);
  const { batch, mailboxes } = status;
  const from = `${plural(batch.mailboxes, 'mailbox', 'mailboxes')} from ${batch.source} to ${batch.destination}`;
  const needs = batch.needs > 0 ? `; ${plural(batch.needs, 'mailbox needs', 'mailboxes need')} you` : '';
  const head = `${batch.name} ${batch.state}: ${from}, since ${showTime(batch.startedAt)}${needs}`;
  return [harmless(head), ...summaryTable(mailboxes, batch.counts, batch.errors)].join('\n');
}

/** A batch that cannot be read must not hide the others: the reason is printed beside them. */
async function openAmongMany(workspace: Workspace, name: string, io: Io): Promise<BatchStore | null> {
  try {
    return await workspace.open(name);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    await io.err.write(`note: ${name} is not among these. ${harmless(error.message)}\n`).catch(() => undefined);
    return null;
  }
}

async function listBatches(flags: StatusFlags, io: Io): Promise<string> {
  const workspace = await openWorkspace(flags, io);
  const batches = [];
  for (const name of await workspace.list()) {
    const store = await openAmongMany(workspace, name, io);
    if (store === null) continue;
    const { createdAt, mailboxes, source, destination } = store.batch;
    batches.push({
      name,
      running: (await store.whoRuns()) !== null,
      createdAt,
      mailboxes: mailboxes.length,
      source: showEndpoint(source),
      destination: showEndpoint(destination),
    });
  }
  if (flags.json) return JSON.stringify({ version: PROTOCOL_VERSION, batches });
  if (batches.length === 0) return 'no batches yet; nightferry move --help shows how to begin';
  const titles = ['BATCH', 'STATE', 'MAILBOXES', 'SOURCE', 'DESTINATION', 'CREATED'];
  const rows = batches.map((one) => [
    one.name,
    one.running ? 'running' : 'not running',
    String(one.mailboxes),
    one.source,
    one.destination,
    showTime(one.createdAt),
  ]);
  const columns = titles.map((title) => ({
    title,
    align: title === 'MAILBOXES' ? ('right' as const) : ('left' as const),
  }));
  return table(columns, rows).join('\n');
}

import { Command } from 'commander';
import { needsOperator, PROTOCOL_VERSION } from '../protocol/entities.js';
import { showEndpoint } from '../protocol/show-endpoint.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import type { Workspace } from '../store/batch/workspace.js';
import { BadInput } from '../words/bad-input.js';
import { showTime } from '../words/times.js';
import { noteRemarks } from './desk/note-files.js';
import { readStatus } from './desk/read-status.js';
import { asTyped } from './output/as-typed.js';
import { jsonForScripts } from './output/json-printer.js';
import { statusText } from './output/status-text.js';
import { table } from './output/table.js';
import {
  addStateOption,
  type MakeCommand,
  openBatch,
  openWorkspace,
  type StateFlag,
  withExamples,
} from './process/command-parts.js';
import type { Environment, Stderr, Stdout, Timing, Version } from './process/io.js';
import { note } from './process/note.js';
import { whyNoEngine } from './reach/reach-engine.js';

interface StatusFlags extends StateFlag {
  readonly json?: boolean;
  readonly needsYou?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('status')
    .summary('list batches, or one batch with its mailboxes')
    .description(
      'Lists the batches, or shows one batch with its mailboxes: from the engine that runs it, else from its files.',
    )
    .argument('[name]', 'the batch')
    .option('--needs-you', 'only mailboxes that need you; without a name, only batches that have some')
    .option('--json', 'print one JSON object');
  withExamples(
    addStateOption(command),
    'nightferry status',
    'nightferry status school --needs-you',
    'nightferry status school --json',
  );
  return command.action(async (name: string | undefined, flags: StatusFlags) => {
    const text = name === undefined ? await listBatches(flags, io) : await showBatch(name, flags, io);
    await io.out.write(`${text}\n`);
    done(0);
  });
};

async function showBatch(
  name: string,
  flags: StatusFlags,
  io: Stdout & Stderr & Environment & Version & Timing,
): Promise<string> {
  const store = await openBatch(name, flags, io);
  const status = await readStatus(store, io);
  await noteRemarks(store, io);
  const who = await store.whoRuns();
  // From the files it would say `stopped` of one that hangs, and goes on.
  if (who && (status.batch.state === 'stopped' || status.batch.state === 'ended'))
    await note(`${whyNoEngine(name, who)}; this is what its files say`, io);
  const shown = flags.needsYou ? status.mailboxes.filter(needsOperator) : status.mailboxes;
  if (flags.json) return jsonForScripts({ ...status, mailboxes: shown }, asTyped(store, io));
  const place = { typed: asTyped(store, io), width: io.out.width };
  return statusText(status, flags.needsYou ? 'needs you' : 'all', place).join('\n');
}

/** A batch that cannot be read must not hide the others: the reason is printed beside them. */
async function openAmongMany(workspace: Workspace, name: string, io: Stderr): Promise<BatchStore | null> {
  try {
    return await workspace.open(name);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    await note(`${name} is not among these. ${error.message}`, io);
    return null;
  }
}

async function listBatches(flags: StatusFlags, io: Stdout & Stderr & Environment & Version & Timing): Promise<string> {
  const workspace = await openWorkspace(flags, io);
  const batches = [];
  for (const name of await workspace.list()) {
    const store = await openAmongMany(workspace, name, io);
    if (store === null) continue;
    const { needs } = (await readStatus(store, io)).batch;
    if (flags.needsYou && needs === 0) continue;
    const { createdAt, mailboxes, source, destination } = store.batch;
    batches.push({
      name,
      needs,
      running: (await store.whoRuns()) !== null,
      createdAt,
      mailboxes: mailboxes.length,
      source: showEndpoint(source),
      destination: showEndpoint(destination),
    });
  }
  if (flags.json) return JSON.stringify({ version: PROTOCOL_VERSION, batches });
  if (batches.length === 0 && flags.needsYou) return 'no batch needs you';
  if (batches.length === 0) return 'no batches yet; nightferry move --help shows how to begin';
  const titles = ['BATCH', 'STATE', 'MAILBOXES', 'NEED YOU', 'SOURCE', 'DESTINATION', 'CREATED'];
  const rows = batches.map((one) => [
    one.name,
    one.running ? 'running' : 'not running',
    String(one.mailboxes),
    one.needs === 0 ? '-' : String(one.needs),
    one.source,
    one.destination,
    showTime(one.createdAt),
  ]);
  const columns = titles.map((title) => ({
    title,
    align: title === 'MAILBOXES' || title === 'NEED YOU' ? ('right' as const) : ('left' as const),
  }));
  return table(columns, rows, io.out.width).join('\n');
}

import { Command } from 'commander';
import {
  type BatchEntity,
  isInStep,
  isThrough,
  type MailboxEntity,
  needsOperator,
  PROTOCOL_VERSION,
  waitsForWave,
} from '../protocol/entities.js';
import { showEndpoint } from '../protocol/show-endpoint.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import type { Workspace } from '../store/batch/workspace.js';
import { BadInput } from '../words/bad-input.js';
import { showTime } from '../words/times.js';
import { plural } from '../words/units.js';
import { readStatus } from './desk/read-status.js';
import { whyNoEngine } from './launch/reach-engine.js';
import { asTyped } from './output/as-typed.js';
import { note } from './output/note.js';
import { noteRemarks } from './output/note-files.js';
import { placesText } from './output/places-text.js';
import { harmless } from './output/plain-text.js';
import { resultsText } from './output/results-text.js';
import { summaryTable } from './output/summary.js';
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
  if (flags.json) return JSON.stringify({ ...status, mailboxes: shown });
  const { batch, mailboxes } = status;
  const head = `${batch.name} ${batch.state}: ${placesText(batch)}, since ${showTime(batch.startedAt)}`;
  const lines = [harmless(head), ...waveLines(batch), standingLine(mailboxes, batch.needs)];
  if (flags.needsYou && shown.length === 0) return lines.join('\n');
  const place = { typed: asTyped(store, io), width: io.out.width };
  const whole = [...lines, ...summaryTable(shown, batch.counts, batch.errors, place)];
  if (batch.state !== 'ended') return whole.join('\n');
  return [...whole, '', ...resultsText(batch, mailboxes, place.typed)].join('\n');
}

/** The wave of the run, and how many mailboxes wait for another. */
function waveLines({ wave, otherWaves }: BatchEntity): readonly string[] {
  if (wave === null) return [];
  return [`wave ${wave}: ${plural(otherWaves, 'mailbox waits', 'mailboxes wait')} for another`];
}

/** `20 done, 4 need you, 1 with mail left out by decision, 6 under way or waiting` */
function standingLine(mailboxes: readonly MailboxEntity[], needs: number): string {
  const calm = mailboxes.filter((one) => !needsOperator(one));
  const done = calm.filter((one) => isInStep(one) && one.errors === 0).length;
  const ended = calm.filter((one) => isThrough(one) || one.state.kind === 'given-up').length - done;
  const waves = calm.filter(({ state }) => waitsForWave(state)).length;
  const others = calm.length - done - ended - waves;
  return `${done} done, ${needs} ${needs === 1 ? 'needs' : 'need'} you, ${ended} with mail left out by decision, ${others} under way or waiting`;
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

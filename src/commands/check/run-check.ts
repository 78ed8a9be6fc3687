import { setMaxListeners } from 'node:events';
import { sumOfCensus } from '../../engine/check/census.js';
import { type Checked, checkPlan } from '../../engine/check/check-plan.js';
import type { CheckWatch } from '../../engine/check/check-watch.js';
import { severityOf } from '../../engine/check/finding.js';
import type { WriteTest } from '../../engine/check/write-test/write-tests.js';
import { giveBackSpent } from '../../engine/imap/connection/spent-buffers.js';
import { connectTcp } from '../../engine/imap/connection/transport.js';
import { TrustBook } from '../../engine/login/trust-book.js';
import type { Batch } from '../../store/batch/batch.js';
import { keepInCensus } from '../../store/batch/census.js';
import { endpointAt } from '../../store/batch/endpoints.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import { CredentialsFrom, type Gathered } from '../input/credentials/credentials-from.js';
import type { Display, OnScreen } from '../process/display.js';
import { onInterrupt } from '../process/interrupts.js';
import type { Io, Stderr, Timing } from '../process/io.js';
import { checkMarkdown } from './check-markdown.js';
import { CheckModel } from './check-model.js';
import { checkCsv, checkJson } from './check-rows.js';
import { type CheckDetail, checkLines } from './check-text.js';
import { progressIn } from './progress.js';

export type CheckFormat = CheckDetail | 'json' | 'csv' | 'markdown';

/** A plan to be checked. */
export interface CheckOrder {
  readonly batch: Batch;
  readonly given: Gathered;
  /** Keeps the census for a batch of the same name. */
  readonly workspace: Workspace;
  readonly format: CheckFormat;
  readonly display: Display;
  readonly writeTest: WriteTest;
}

/** Of a check that was stopped before its end, as of a program that was interrupted. */
const STOPPED = 130;

/**
 * Checks a plan, on a screen or with lines of progress on standard error, and prints what was found; stopped, what
 * was found so far.
 *
 * @returns the exit code: 0; 3 where something will fail; 130 stopped
 * @throws BadInput  where the file of an authority cannot be read
 */
export async function runCheck(order: CheckOrder, io: Io): Promise<number> {
  const { batch, workspace, format, display } = order;
  const trust = new TrustBook(batch);
  await trust.read();
  const over = new AbortController();
  // Each session that is open listens.
  setMaxListeners(0, over.signal);
  const going = { order, trust, over };
  const { checked, leftBy } =
    display.kind === 'console' ? await onScreen(going, display, io) : await inLines(going, io);
  await keepCensus(checked, batch, workspace, io);
  if (leftBy !== 0) return leftBy;
  await io.out.write(textOf(checked, order, over.signal.aborted ? 'stopped' : 'whole', io.clock.now()));
  if (over.signal.aborted) return STOPPED;
  if (format !== 'csv' && format !== 'json') await io.out.write(await nightText(checked, order, io));
  return checked.findings.some((one) => severityOf(one) === 'will fail') ? 3 : 0;
}

interface Going {
  readonly order: CheckOrder;
  readonly trust: TrustBook;
  readonly over: AbortController;
}

interface Ended {
  readonly checked: Checked;
  /** 0, or the exit code of a console that a signal or a bug ended. */
  readonly leftBy: number;
}

function check({ order, trust, over }: Going, watch: CheckWatch, io: Io): Promise<Checked> {
  const { batch, given, writeTest } = order;
  return checkPlan({
    batch,
    trust: (row) => trust.of(row),
    credentials: new CredentialsFrom(given, io),
    connect: connectTcp,
    clock: io.clock,
    random: io.random,
    signal: over.signal,
    writeTest,
    watch,
    probe: (side, key) => io.probe(side, endpointAt(batch, side, key), 'leave'),
  });
}

async function inLines(going: Going, io: Io): Promise<Ended> {
  const stopListening = onInterrupt(io, () => going.over.abort());
  try {
    return { checked: await check(going, progressIn(going.order.batch.mailboxes.length, io), io), leftBy: 0 };
  } finally {
    stopListening();
  }
}

/** The console stays until it is left, and who leaves a check that goes on stops it. */
async function onScreen(going: Going, { launcher, mode }: OnScreen, io: Io): Promise<Ended> {
  const { order, over } = going;
  const consoles = await launcher.loadConsoles();
  const model = new CheckModel(order.batch, io.clock, () => over.abort());
  const checking = check(going, model.watch, io).then(
    (checked) => {
      model.ends(over.signal.aborted ? 'stopped' : 'done', checked.findings);
      return { checked } as const;
    },
    (error: unknown) => {
      model.ends('broken', null);
      return { error } as const;
    },
  );
  const leftBy = await consoles.check({ services: model, mode });
  if (!model.isOver) over.abort();
  const ended = await checking;
  if ('error' in ended) throw ended.error;
  return { checked: ended.checked, leftBy };
}

/** A disk that refuses the census costs the next run its estimate, and the check nothing. */
async function keepCensus(
  { censuses }: Checked,
  batch: Batch,
  workspace: Workspace,
  io: Stderr & Timing,
): Promise<void> {
  const rows = new Map(batch.mailboxes.map((row) => [row.email, row]));
  try {
    const kept = await workspace.census(batch.name);
    for (const census of censuses) {
      const row = rows.get(census.mailbox);
      const { messages, bytes, newest } = sumOfCensus(census);
      if (row) keepInCensus(kept, batch, row, { messages, bytes, newest, at: io.clock.now() });
    }
    if (censuses.length > 0) await workspace.keepCensus(batch.name, kept);
  } catch (error) {
    const trouble = diskTroubleIn(error);
    if (trouble === null) throw error;
    await io.err.write(`note: the census is not kept for \`run\`: ${trouble.message}\n`);
  }
}

/** The short answer of a rehearsal: a check whose files cannot be read has found all the same what it found. */
async function nightText(
  { censuses }: Checked,
  { batch, workspace, format }: CheckOrder,
  { clock }: Timing,
): Promise<string> {
  giveBackSpent();
  const { rehearsedShortly } = await import('../rehearse/after-check.js');
  const lines = await rehearsedShortly(
    censuses,
    batch,
    workspace,
    clock.now(),
    format === 'markdown' ? 'markdown' : 'plain',
  );
  return lines.map((line) => `${line}\n`).join('');
}

function textOf(checked: Checked, { batch, format }: CheckOrder, how: 'whole' | 'stopped', at: number): string {
  switch (format) {
    case 'csv':
      return checkCsv(checked);
    case 'json':
      return joined(checkJson(checked, at));
    case 'markdown':
      return joined(checkMarkdown(checked, batch.name, how));
    default:
      return joined(checkLines(checked, format, how));
  }
}

const joined = (lines: readonly string[]) => `${lines.join('\n')}\n`;

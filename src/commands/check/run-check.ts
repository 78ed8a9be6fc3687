import { setMaxListeners } from 'node:events';
import { sumOfCensus } from '../../engine/check/census.js';
import { type Checked, checkPlan } from '../../engine/check/check-plan.js';
import { severityOf } from '../../engine/check/finding.js';
import type { WriteTest } from '../../engine/check/write-test/write-tests.js';
import { connectTcp } from '../../engine/imap/connection/transport.js';
import { TrustBook } from '../../engine/login/trust-book.js';
import type { Batch } from '../../store/batch/batch.js';
import { endpointAt } from '../../store/batch/endpoints.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import { keepInCensus } from '../../store/looks/census.js';
import { plural, showCount } from '../../words/units.js';
import { CredentialsFrom } from '../input/credentials/credentials-from.js';
import type { BothSides } from '../input/credentials/gather-credentials.js';
import { onInterrupt } from '../process/interrupts.js';
import type { Io, Stderr, Timing } from '../process/io.js';
import { checkCsv, checkJson } from './check-rows.js';
import { type CheckDetail, checkLines } from './check-text.js';

export type CheckFormat = CheckDetail | 'json' | 'csv';

/** A plan to be checked. */
export interface CheckOrder {
  readonly batch: Batch;
  readonly given: BothSides;
  /** Keeps the census for a batch of the same name. */
  readonly workspace: Workspace;
  readonly format: CheckFormat;
  readonly writeTest: WriteTest;
}

/** Lines of progress over a whole plan. */
const STEPS = 20;

/**
 * Checks a plan and prints what was found. Progress goes to standard error.
 *
 * @returns the exit code: 0; 3 where something will fail; 130 interrupted
 * @throws BadInput  where the file of an authority cannot be read
 */
export async function runCheck({ batch, given, workspace, format, writeTest }: CheckOrder, io: Io): Promise<number> {
  const trust = new TrustBook(batch);
  await trust.read();
  const over = new AbortController();
  // Each session that is open listens.
  setMaxListeners(0, over.signal);
  const stopListening = onInterrupt(io, () => over.abort());
  const all = batch.mailboxes.length;
  let done = 0;
  try {
    const checked = await checkPlan({
      batch,
      trust: (row) => trust.of(row),
      credentials: new CredentialsFrom(given, io),
      connect: connectTcp,
      clock: io.clock,
      random: io.random,
      writeTest,
      signal: over.signal,
      probe: (side, key) => io.probe(side, endpointAt(batch, side, key), 'leave'),
      onMailbox: async () => {
        done++;
        if (done === all || done % Math.ceil(all / STEPS) === 0)
          await io.err.write(`checked ${showCount(done)} of ${plural(all, 'mailbox', 'mailboxes')}\n`);
      },
    });
    if (over.signal.aborted) return 130;
    await keepCensus(checked, batch, workspace, io);
    await io.out.write(textOf(checked, format, io.clock.now()));
    if (format === 'groups' || format === 'all') await io.out.write(await nightText(checked, batch, workspace, io));
    return checked.findings.some((one) => severityOf(one) === 'will fail') ? 3 : 0;
  } finally {
    stopListening();
  }
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
  batch: Batch,
  workspace: Workspace,
  { clock }: Timing,
): Promise<string> {
  const { rehearsedShortly } = await import('../rehearse/after-check.js');
  const lines = await rehearsedShortly(censuses, batch, workspace, clock.now());
  return lines.map((line) => `${line}\n`).join('');
}

function textOf(checked: Checked, format: CheckFormat, at: number): string {
  if (format === 'csv') return checkCsv(checked);
  const lines = format === 'json' ? checkJson(checked, at) : checkLines(checked, format);
  return `${lines.join('\n')}\n`;
}

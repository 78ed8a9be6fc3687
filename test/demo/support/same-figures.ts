import { expect } from 'vitest';
import { summaryOf } from '../../../src/commands/launch/batch-summaries.js';
import { summaryTable } from '../../../src/commands/output/summary.js';
import type { RunningEngine } from '../../../src/engine/running-engine.js';
import type { ErrorGroupEntity, Morning } from '../../../src/protocol/answers.js';
import type { Counts, Status } from '../../../src/protocol/entities.js';
import { settled, wholeOf } from '../../../src/protocol/figures.js';
import { mailboxesIn, needRows, needsOf } from '../../../src/protocol/needs.js';
import { elapsedOf, isOver } from '../../../src/protocol/results.js';
import { overviewLines } from '../../../src/ui/screens/mailbox/overview-lines.js';
import { endpointsSpans } from '../../../src/ui/screens/night/endpoints-spans.js';
import { nightHeader } from '../../../src/ui/screens/night/header-lines.js';
import { mailboxColumns } from '../../../src/ui/screens/shared/mailbox-columns.js';
import { batchColumns, standing } from '../../../src/ui/screens/start/batch-columns.js';
import { ASCII } from '../../../src/ui/text/glyphs.js';
import { plainText } from '../../../src/ui/text/spans.js';
import { showMinute, showTimer } from '../../../src/words/times.js';
import { showBytes, showCount, showPercent } from '../../../src/words/units.js';

/** A batch at one moment, as three questions are answered. */
export interface AtOnce {
  readonly status: Status;
  readonly errors: readonly ErrorGroupEntity[];
  readonly morning: Morning;
}

/** Asks an engine all three at once: nothing happens in between. */
export async function askAtOnce(engine: Pick<RunningEngine, 'command'>): Promise<AtOnce> {
  const [status, errors, morning] = await Promise.all([
    engine.command({ do: 'status' }),
    engine.command({ do: 'errors', mailbox: null }),
    engine.command({ do: 'morning' }),
  ]);
  if (!status.ok || !errors.ok || !morning.ok) throw new Error('an engine that runs answers');
  return { status: status.status, errors: errors.errors, morning: morning.morning };
}

/** The lists of errors and the morning say the same as the status. */
export function expectSameTold({ status, errors }: AtOnce): void {
  const { batch, mailboxes } = status;
  // Groups of notes are no errors.
  const groups = errors.filter(({ standing: how }) => how !== 'settled');
  const open = groups.reduce((sum, { messages, failures }) => sum + messages + failures, 0);
  expect(open).toBe(batch.errors);
  // The morning and the night list what the status counts.
  const needs = needsOf(mailboxes);
  expect(mailboxesIn(needs)).toBe(batch.needs);
  expect(mailboxesIn(needRows(needs, Number.POSITIVE_INFINITY))).toBe(batch.needs);
}

/** Whatever is shown of a batch at one moment must be the same, whoever shows it. */
export function expectSameFigures(status: Status): void {
  const { batch, mailboxes } = JSON.parse(JSON.stringify(status)) as Status;
  const of = (pick: (counts: Counts) => number) => mailboxes.reduce((sum, { counts }) => sum + pick(counts), 0);

  // JSON: the batch is the sum of its mailboxes.
  for (const key of Object.keys(batch.counts) as (keyof Counts)[])
    expect([key, batch.counts[key]]).toEqual([key, of((counts) => counts[key])]);
  expect(batch.bytesLeft).toBe(mailboxes.reduce((sum, one) => sum + one.bytesLeft, 0));
  expect(batch.errors).toBe(mailboxes.reduce((sum, { errors }) => sum + errors, 0));
  expect(batch.needs).toBe(mailboxesIn(needsOf(mailboxes)));

  // The start list and the night say the same percent, and the same number of mailboxes that need somebody.
  const summary = summaryOf({ version: status.version, batch, mailboxes });
  const column = batchColumns(batch.now, ASCII).find(({ id }) => id === 'done');
  const view = { batch, mailboxes, now: batch.now, link: { kind: 'live' } } as never;
  const header = plainText(nightHeader(view, 200, ASCII)[0] ?? expect.unreachable());
  const percent = column?.text(summary) ?? expect.unreachable();
  if (batch.counts.total > 0) expect(header).toContain(` ${percent} `);
  if (batch.needs > 0) expect(standing(summary)).toContain(`${batch.needs} need`);

  // Bytes: those that are settled are all of them when nothing is left, on the night and on the mailbox's own screen.
  const bytes = `  ${showBytes(batch.counts.bytesTotal - batch.bytesLeft)}`;
  expect(header).toContain(wholeOf(batch) === 0 && batch.unseen > 0 ? 'nothing is counted yet' : bytes);
  if (batch.counts.left === 0) expect(batch.bytesLeft).toBe(0);
  for (const mailbox of mailboxes) {
    const { counts, bytesLeft } = mailbox;
    if (counts.left === 0) expect(bytesLeft).toBe(0);
    const overview = overviewLines(mailbox, 200, batch.now, ASCII, batch.name).map(plainText).join('\n');
    expect(overview).toContain(`  ${showBytes(counts.bytesTotal - bytesLeft)} of ${showBytes(counts.bytesTotal)} `);
    expect(overview).toContain(` ${showPercent(settled(counts), counts.total)}  ${showCount(settled(counts))} of `);
  }

  // The expected number is the sum over the mailboxes; once all were looked into, it is exact.
  const known = mailboxes.flatMap(({ expected }) => expected ?? []);
  expect(batch.unseen).toBe(mailboxes.length - known.length);
  const expected = known.reduce((sum, { messages }) => sum + messages, 0);
  if (batch.unseen === 0) expect(batch.expected).toBe(expected);
  else expect(batch.expected).toBeGreaterThanOrEqual(expected);

  // The time it has taken, and the end that is told.
  if (batch.startedAt <= batch.now)
    expect(plainText(endpointsSpans(view, ASCII))).toContain(
      isOver(batch)
        ? `took ${showTimer(elapsedOf(batch, mailboxes))}`
        : `for ${showTimer(batch.now - batch.startedAt)}`,
    );
  const health = plainText(nightHeader(view, 200, ASCII)[2] ?? expect.unreachable());
  if (health.includes('done about')) {
    expect(health).toContain(`done about ${showMinute(batch.eta ?? Number.NaN, batch.now)}`);
    const when = batchColumns(batch.now, ASCII).find(({ id }) => id === 'when');
    expect(when?.text(summary)).toContain(showMinute(batch.eta ?? Number.NaN, batch.now));
  }
  if (batch.etaBetween !== null) {
    const { from, to } = batch.etaBetween;
    expect(from).toBeLessThanOrEqual(batch.eta ?? Number.NaN);
    expect(to).toBeGreaterThanOrEqual(batch.eta ?? Number.NaN);
  }

  // The mailbox table and the text of `status` say of each mailbox what JSON does.
  const lines = summaryTable(mailboxes, batch, { typed: batch.name, width: null });
  const left = mailboxColumns(batch.now, ASCII).find(({ id }) => id === 'left') ?? expect.unreachable();
  for (const mailbox of mailboxes) {
    const cells = lines.find((line) => line.startsWith(mailbox.email))?.split(/\s+/) ?? expect.unreachable();
    const { total, copied, matched, skipped, failed, vanished, left: open } = mailbox.counts;
    expect(cells.slice(1, 8)).toEqual([total, copied, matched, skipped, failed, vanished, open].map(showCount));
    expect(left.text(mailbox)).toBe(open > 0 ? showCount(open) : '');
  }
  const sum = lines.find((line) => line.startsWith('TOTAL'))?.split(/\s+/) ?? expect.unreachable();
  expect([sum[1], sum[7], sum.at(-1)]).toEqual([batch.counts.total, batch.counts.left, batch.errors].map(showCount));
}

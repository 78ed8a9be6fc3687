import { expect } from 'vitest';
import { summaryOf } from '../../../src/commands/launch/batch-summaries.js';
import { summaryTable } from '../../../src/commands/output/summary.js';
import type { Counts, Status } from '../../../src/protocol/entities.js';
import { nightHeader } from '../../../src/ui/screens/night/header-lines.js';
import { mailboxColumns } from '../../../src/ui/screens/shared/mailbox-columns.js';
import { batchColumns, standing } from '../../../src/ui/screens/start/batch-columns.js';
import { needingOperator } from '../../../src/ui/select/attention.js';
import { ASCII } from '../../../src/ui/text/glyphs.js';
import { plainText } from '../../../src/ui/text/spans.js';
import { showCount } from '../../../src/words/units.js';

/** Whatever is shown of a batch at one moment must be the same, whoever shows it. */
export function expectSameFigures(status: Status): void {
  const { batch, mailboxes } = JSON.parse(JSON.stringify(status)) as Status;
  const of = (pick: (counts: Counts) => number) => mailboxes.reduce((sum, { counts }) => sum + pick(counts), 0);

  // JSON: the batch is the sum of its mailboxes.
  for (const key of Object.keys(batch.counts) as (keyof Counts)[])
    expect([key, batch.counts[key]]).toEqual([key, of((counts) => counts[key])]);
  expect(batch.bytesLeft).toBe(mailboxes.reduce((sum, one) => sum + one.bytesLeft, 0));
  expect(batch.errors).toBe(mailboxes.reduce((sum, { errors }) => sum + errors, 0));
  expect(batch.needs).toBe(needingOperator(mailboxes).length);

  // The start list and the night say the same percent, and the same number of mailboxes that need somebody.
  const summary = summaryOf({ version: status.version, batch, mailboxes });
  const column = batchColumns(batch.now, ASCII).find(({ id }) => id === 'done');
  const view = { batch, mailboxes, now: batch.now, link: { kind: 'live' } } as never;
  const header = plainText(nightHeader(view, 200, ASCII)[0] ?? expect.unreachable());
  const percent = column?.text(summary) ?? expect.unreachable();
  if (batch.counts.total > 0) expect(header).toContain(` ${percent} `);
  if (batch.needs > 0) expect(standing(summary)).toContain(`${batch.needs} need`);

  // The mailbox table and the text of `status` say of each mailbox what JSON does.
  const lines = summaryTable(mailboxes, batch.counts, batch.errors, { typed: batch.name, width: null });
  const left = mailboxColumns(batch.now, ASCII).find(({ id }) => id === 'left') ?? expect.unreachable();
  for (const mailbox of mailboxes) {
    const cells = lines.find((line) => line.startsWith(mailbox.email))?.split(/\s+/) ?? expect.unreachable();
    const { total, copied, matched, skipped, failed, vanished, left: open } = mailbox.counts;
    expect(cells.slice(1, 8)).toEqual([total, copied, matched, skipped, failed, vanished, open].map(showCount));
    expect(left.text(mailbox)).toBe(open > 0 ? showCount(open) : '');
  }
  const sum = lines.find((line) => line.startsWith('TOTAL'))?.split(/\s+/) ?? expect.unreachable();
  expect([sum[1], sum[7], sum[10]]).toEqual([batch.counts.total, batch.counts.left, batch.errors].map(showCount));
}

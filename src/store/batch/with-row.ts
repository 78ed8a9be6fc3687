import type { Batch, PlanRow } from './batch.js';

/** A batch with one row of its plan in another wording. */
export function withRow(batch: Batch, row: PlanRow): Batch {
  return { ...batch, mailboxes: batch.mailboxes.map((one) => (one.id === row.id ? row : one)) };
}

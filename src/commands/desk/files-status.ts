import { endingOfMailbox } from '../../engine/account/ending-of-mailbox.js';
import { MEND_AND_GO_ON } from '../../engine/mailbox/mend-and-go-on.js';
import { sumCounts } from '../../engine/mailbox/pass/tally.js';
import { expectedIn } from '../../engine/publish/batch-eta.js';
import { wasSeen } from '../../engine/publish/totals.js';
import { providerOf } from '../../engine/responses/provider-text.js';
import type {
  BatchEntity,
  EndpointEntity,
  FolderEntity,
  MailboxEntity,
  MailboxState,
  Status,
} from '../../protocol/entities.js';
import {
  isThrough,
  NO_COUNTS,
  NO_LINE,
  NO_RATE,
  NO_STATES,
  needsOperator,
  PROTOCOL_VERSION,
} from '../../protocol/entities.js';
import { showEndpoint } from '../../protocol/show-endpoint.js';
import type { Batch, PlanRow } from '../../store/batch/batch.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import type { Side } from '../../words/side.js';
import type { FilesOfBatch } from './caught-up.js';

/**
 * A batch's status as its files tell it when no engine runs, in the shape a running engine gives.
 *
 * @param files  the mailboxes that were started; the others are queued
 * @param now    milliseconds since the epoch
 */
export function statusOfFiles(
  batch: Batch,
  { records, decisions }: Pick<FilesOfBatch, 'records' | 'decisions'>,
  now: number,
): Status {
  const mailboxes = batch.mailboxes.map((row) => mailboxOf(batch, row, records.get(row.id)));
  const byState: Record<MailboxState['kind'], number> = { ...NO_STATES };
  for (const { state } of mailboxes) byState[state.kind] += 1;
  const counts = sumCounts(mailboxes.map((one) => one.counts));
  const known = mailboxes.filter(wasSeen).length;
  const isOver = mailboxes.every(isThrough);
  const entity: BatchEntity = {
    name: batch.name,
    state: isOver ? 'ended' : 'stopped',
    startedAt: batch.createdAt,
    now,
    source: showEndpoint(batch.source),
    destination: showEndpoint(batch.destination),
    mailboxes: mailboxes.length,
    byState,
    needs: mailboxes.filter(needsOperator).length,
    counts,
    expected: expectedIn(mailboxes.length, { mailboxes: known, messages: counts.total }),
    errors: mailboxes.reduce((sum, one) => sum + one.errors, 0),
    decided: decisions.last,
    rate: NO_RATE,
    trend: [],
    eta: null,
    endpoints: { source: endpointAtRest(batch, 'source'), destination: endpointAtRest(batch, 'destination') },
    stagger: batch.options.stagger,
    concurrency: batch.options.concurrency,
    window: batch.options.window,
    closedUntil: null,
  };
  return { version: PROTOCOL_VERSION, batch: entity, mailboxes };
}

function endpointAtRest(batch: Batch, side: Side): EndpointEntity {
  return {
    name: showEndpoint(batch[side]),
    software: '',
    connections: 0,
    allowed: batch.options.concurrency * 2,
    throttledUntil: null,
    unreachableUntil: null,
    circuit: null,
  };
}

function mailboxOf(batch: Batch, row: PlanRow, record: MailboxRecord | undefined): MailboxEntity {
  const data = record?.data;
  const folders = (data?.folders ?? []).map(
    ({ source, destination, counts }): FolderEntity => ({ source, destination, counts, way: null }),
  );
  const last = record?.errors.entries.toSorted((a, b) => b.lastAt - a.lastAt)[0];
  return {
    id: row.id,
    email: row.email,
    state: stateOf(record),
    folder: null,
    // The sum that is kept is of the last pass that came to an end: after a kill the folders know better.
    counts: folders.length > 0 ? sumCounts(folders.map(({ counts }) => counts)) : (data?.counts ?? NO_COUNTS),
    folders,
    errors: record?.errors.open ?? 0,
    doubled: record?.errors.doubled ?? 0,
    startedAt: data?.passes[0]?.startedAt ?? null,
    endedAt: data?.passes.at(-1)?.endedAt ?? null,
    attempts: data?.attempts ?? 0,
    rate: NO_RATE,
    eta: null,
    lines: { source: NO_LINE, destination: NO_LINE },
    history: [],
    asksPassword: null,
    lastResponse: last ? { side: last.side, text: last.sample, at: last.lastAt } : null,
    provider: providerOf(data?.trouble ?? null, batch, row),
  };
}

function stateOf(record: MailboxRecord | undefined): MailboxState {
  if (record === undefined) return { kind: 'queued', startsAt: null, why: 'not started yet' };
  if (record.unusable !== null) return { kind: 'held', because: record.unusable.message, asks: MEND_AND_GO_ON };
  return atRest(record);
}

/** Work that was under way when the engine ended is not under way now. */
function atRest({ data: { state, folders }, errors }: MailboxRecord): MailboxState {
  switch (state.kind) {
    case 'synced':
    case 'incomplete':
      // Decisions that were made since then are in its counts and entries already.
      return { ...endingOfMailbox(folders, errors.entries), at: state.at };
    case 'connecting':
    case 'scanning':
    case 'copying':
    case 'verifying':
    case 'backing-off':
      return { kind: 'stopped' };
    default:
      return state;
  }
}

import { endingOfMailbox } from '../../engine/account/ending-of-mailbox.js';
import { middlingOf } from '../../engine/eta/expected.js';
import { foldersOf, mailboxEntity, NOTHING_DOING, sizesOf } from '../../engine/mailbox/mailbox-entity.js';
import { MEND_AND_GO_ON } from '../../engine/mailbox/mend-and-go-on.js';
import { batchEntity } from '../../engine/publish/batch-entity.js';
import { Totals } from '../../engine/publish/totals.js';
import { providerOf } from '../../engine/responses/provider-text.js';
import { givenUpBy } from '../../engine/triage/give-up.js';
import type { EndpointEntity } from '../../protocol/endpoint-entity.js';
import type { MailboxEntity, MailboxState, Status } from '../../protocol/entities.js';
import { isThrough, NO_RATE, PROTOCOL_VERSION } from '../../protocol/entities.js';
import { serversOf, showEndpoint } from '../../protocol/show-endpoint.js';
import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { endpointAt, endpointKeys, seenBy } from '../../store/batch/endpoints.js';
import { isOfOtherWave } from '../../store/batch/options-of.js';
import type { Look } from '../../store/looks/looks.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import type { Side } from '../../words/side.js';
import type { BatchFiles } from './batch-files.js';

/**
 * A batch's status as its files tell it when no engine runs, in the shape a running engine gives.
 *
 * @param files  the mailboxes that were started; the others are queued
 * @param now    milliseconds since the epoch
 */
export function statusOfFiles(
  batch: Batch,
  { records, decisions, looks }: Pick<BatchFiles, 'records' | 'decisions' | 'looks'>,
  now: number,
): Status {
  const mailboxes = batch.mailboxes.map((row) => {
    const given = givenUpBy(decisions.all, row.id);
    return mailboxOf(batch, row, records.get(row.id), given, looks.of(row.id));
  });
  const totals = new Totals();
  for (const mailbox of mailboxes) totals.note(mailbox);
  const entity = batchEntity(totals, {
    batch,
    options: batch.options,
    state: mailboxes.every((one) => isThrough(one) || one.state.kind === 'given-up') ? 'ended' : 'stopped',
    startedAt: batch.createdAt,
    now,
    middling: middlingOf(mailboxes.map(({ expected }) => expected)),
    decided: decisions.last,
    rate: NO_RATE,
    trend: [],
    eta: null,
    etaBetween: null,
    endpoints: { source: endpointsAtRest(batch, 'source'), destination: endpointsAtRest(batch, 'destination') },
    closedUntil: null,
  });
  return { version: PROTOCOL_VERSION, batch: entity, mailboxes };
}

function endpointsAtRest(batch: Batch, side: Side): readonly EndpointEntity[] {
  return endpointKeys(batch, side).map((key) => ({
    name: showEndpoint(endpointAt(batch, side, key)),
    software: '',
    connections: 0,
    allowed: batch.options.concurrency * 2,
    throttledUntil: null,
    unreachableUntil: null,
    circuit: null,
  }));
}

function mailboxOf(
  batch: Batch,
  row: PlanRow,
  record: MailboxRecord | undefined,
  givenUp: MailboxState | null,
  look: Look | null,
): MailboxEntity {
  const data = record?.data;
  const folders = foldersOf(record);
  const last = record?.errors.entries.toSorted((a, b) => b.lastAt - a.lastAt)[0];
  const provider = providerOf(data?.trouble ?? null, seenBy(batch, row), row);
  return mailboxEntity(
    {
      row,
      servers: serversOf(batch, row),
      record,
      state: givenUp ?? stateOf(record, batch, row),
      folders,
      bytesLeft: null,
      sizes: sizesOf(folders),
      look,
      provider,
    },
    {
      ...NOTHING_DOING,
      startedAt: data?.passes[0]?.startedAt ?? null,
      endedAt: data?.passes.at(-1)?.endedAt ?? null,
      lastResponse: last ? { side: last.side, text: last.sample, at: last.lastAt } : null,
    },
  );
}

function stateOf(record: MailboxRecord | undefined, batch: Batch, row: PlanRow): MailboxState {
  if (record === undefined) {
    const why = isOfOtherWave(batch.options, row)
      ? ({ key: 'wave', wave: row.wave } as const)
      : ({ key: 'not started' } as const);
    return { kind: 'queued', startsAt: null, why };
  }
  if (record.unusable !== null)
    return { kind: 'held', because: { key: 'file', text: record.unusable.message }, asks: MEND_AND_GO_ON };
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
    // The decision to give it up was undone since.
    case 'given-up':
      return { kind: 'stopped' };
    default:
      return state;
  }
}

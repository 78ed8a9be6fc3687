import type { BatchEntity, Instant } from '../../protocol/entities.js';
import { showEndpoint } from '../../protocol/show-endpoint.js';
import type { Batch, BatchOptions } from '../../store/batch/batch.js';
import { expectedInAll, type Middling } from '../eta/expected.js';
import type { Totals } from './totals.js';

/** Facts of a batch besides the sums over its mailboxes. */
export interface BatchFacts
  extends Pick<BatchEntity, 'state' | 'startedAt' | 'decided' | 'rate' | 'trend' | 'eta' | 'etaBetween' | 'endpoints'> {
  readonly batch: Batch;
  readonly now: Instant;
  /** The size of a middling mailbox and message, of those that were looked into. */
  readonly middling: Middling;
  /** The options of now: they can be changed while the batch runs. */
  readonly options: Pick<BatchOptions, 'stagger' | 'concurrency' | 'window' | 'wave'>;
  /** When the window opens; null: it is open, or nothing runs. */
  readonly closedUntil: Instant | null;
}

/** The entity of a batch, whether it runs or rests, so that each figure is defined once. */
export function batchEntity(totals: Totals, { batch, options, middling, ...facts }: BatchFacts): BatchEntity {
  const expected = expectedInAll(batch.mailboxes.length - totals.otherWaves, totals.known, middling);
  const { stagger, concurrency, window, wave } = options;
  return {
    name: batch.name,
    source: showEndpoint(batch.source),
    destination: showEndpoint(batch.destination),
    mailboxes: batch.mailboxes.length,
    byState: totals.byState,
    needs: totals.needs,
    counts: totals.counts,
    bytesLeft: totals.bytesLeft,
    leftOut: totals.leftOut,
    expected: expected.messages,
    expectedBytes: expected.bytes,
    unseen: expected.unseen,
    errors: totals.errors,
    stagger,
    concurrency,
    window,
    wave,
    otherWaves: totals.otherWaves,
    ...facts,
  };
}

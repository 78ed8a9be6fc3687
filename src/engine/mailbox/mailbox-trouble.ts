import type { Instant, ProviderEntity } from '../../protocol/entities.js';
import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { seenBy } from '../../store/batch/endpoints.js';
import type { Trouble } from '../../store/errors/trouble.js';
import type { MailboxData } from '../../store/mailbox/mailbox-document.js';
import type { Clock } from '../../words/clock.js';
import type { PassFailure } from '../responses/pass-failure.js';
import { providerOf } from '../responses/provider-text.js';
import { asksAt, meet, takeUp } from './trouble.js';

export interface MailboxTroubleParts {
  readonly batch: Batch;
  readonly row: PlanRow;
  /** Live: what is kept of the trouble after the run is in its data, which changes when it is read again. */
  readonly record: { readonly data: Pick<MailboxData, 'trouble' | 'counts'> };
  readonly clock: Clock;
}

/** The trouble of one mailbox over the attempts of a run, and whether the operator was asked about it. */
export class MailboxTrouble {
  #now: Trouble | null = null;
  /** Messages that were settled when it last failed. */
  #settled: number;

  constructor(private readonly parts: MailboxTroubleParts) {
    this.#settled = parts.record.data.counts.copied;
  }

  /**
   * A pass failed.
   *
   * @param settled  messages settled by now: a mailbox that went on meanwhile has not failed in a row
   */
  meet(failure: PassFailure, settled: number): Trouble {
    const { record, clock } = this.parts;
    const now = clock.now();
    const before = settled > this.#settled ? null : (this.#now ?? takeUp(record.data.trouble, now));
    this.#settled = settled;
    return this.#set(meet(before, failure, now));
  }

  /** The mailbox went through, or the operator says that the cause is mended. */
  over(): void {
    this.#now = this.parts.record.data.trouble = null;
  }

  /** When the operator is to be asked; null: there is nothing to ask, or it was asked. */
  get asksAt(): Instant | null {
    return this.#now === null || this.#now.askedAt !== null ? null : asksAt(this.#now);
  }

  /** The operator is asked. @returns the letter to the provider, where one can help */
  ask(): ProviderEntity | null {
    if (this.#now) this.#set({ ...this.#now, askedAt: this.parts.clock.now() });
    return this.provider;
  }

  /** The clock on the wall was set: the trouble keeps its duration. @param by  milliseconds */
  clockSet(by: number): void {
    const trouble = this.#now;
    if (trouble === null) return;
    const { firstAt, lastAt, askedAt } = trouble;
    this.#set({
      ...trouble,
      firstAt: firstAt + by,
      lastAt: lastAt + by,
      askedAt: askedAt === null ? null : askedAt + by,
    });
  }

  get provider(): ProviderEntity | null {
    return providerOf(this.#now, seenBy(this.parts.batch, this.parts.row), this.parts.row);
  }

  #set(trouble: Trouble): Trouble {
    this.#now = this.parts.record.data.trouble = trouble;
    return trouble;
  }
}

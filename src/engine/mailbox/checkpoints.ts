import { afterCheckpoint, nextCheckpointAt, startPace } from '../../store/documents/checkpoint-pace.js';
import type { Flight } from '../../store/ledger/flight.js';
import type { UidLedger } from '../../store/ledger/uid-ledger.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import type { Clock } from '../../words/clock.js';

export interface ToldOfCheckpoints {
  took(): void;
  refused(error: unknown): void;
}

/**
 * Writes what was learned while a mailbox is copied, at a pace that costs at most 2% of the run. The UID ledgers are
 * written first, then the mailbox's own document. After a crash in between, the UID ledger is right, and the error
 * ledger is mended when it is read.
 */
export class Checkpoints {
  readonly #ledgers = new Set<UidLedger>();
  #pace;
  #flight: (() => Flight) | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly record: MailboxRecord,
    private readonly clock: Clock,
    private readonly monotonic: () => number = () => performance.now(),
  ) {
    this.#pace = startPace(this.monotonic());
  }

  watch(ledger: UidLedger): void {
    this.#ledgers.add(ledger);
  }

  unwatch(ledger: UidLedger): void {
    this.#ledgers.delete(ledger);
  }

  /** From now on each write includes the bytes under way. @param flight  asked at each write */
  follow(flight: () => Flight): void {
    this.#flight = flight;
  }

  /** Everything that was sent is answered, so the next attempt need not wait for it. */
  landed(): void {
    if (this.#flight?.().messages === 0) this.record.data.flight = null;
    else if (this.#flight) this.record.data.flight = this.#flight();
    this.#flight = null;
  }

  /**
   * Writes at its pace until the signal aborts. A write that fails is reported and tried again at the next turn.
   * Messages that are not on disk are found again by content, only slower.
   */
  async keep(signal: AbortSignal, told: ToldOfCheckpoints): Promise<void> {
    while (!signal.aborted) {
      await this.clock.sleep(Math.max(50, nextCheckpointAt(this.#pace) - this.monotonic()), signal);
      if (!signal.aborted)
        await this.write().then(
          () => told.took(),
          (error: unknown) => told.refused(error),
        );
    }
  }

  /** Writes everything that is not on disk yet, one write at a time. Resolves when it is durable. */
  write(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const began = this.monotonic();
    await Promise.all([...this.#ledgers].filter((ledger) => ledger.dirty).map((ledger) => ledger.checkpoint()));
    if (this.#flight) this.record.data.flight = this.#flight();
    await this.record.write();
    this.#pace = afterCheckpoint(this.#pace, this.monotonic(), this.monotonic() - began);
  }
}

import type { AnswerOf, CommandOf, Refused } from '../protocol/commands.js';
import type { LogLine } from '../protocol/events.js';
import type { Batch } from '../store/batch/batch.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import { endpointName, meantEndpoint, withFingerprint } from '../store/batch/endpoints.js';
import { withRow } from '../store/batch/with-row.js';
import { diskTroubleIn } from '../store/documents/disk-trouble.js';
import { showFingerprint } from '../words/fingerprint.js';
import type { TrustBook } from './login/trust-book.js';
import type { Recreate } from './roster/create-workers.js';
import type { Roster } from './roster/roster.js';

export interface BatchChangesParts {
  readonly roster: Roster;
  readonly store: Pick<BatchStore, 'batch' | 'amend'>;
  readonly trust: TrustBook;
  readonly say: (level: LogLine['level'], text: string) => void;
}

/** Orders that change what a batch was made of. They are on the disk before they count. */
export class BatchChanges {
  /** Hires the mailbox of a corrected row anew; set when all mailboxes are there. */
  onCorrected: Recreate = () => undefined;

  constructor(private readonly parts: BatchChangesParts) {}

  async trust({ side, mailbox, fingerprint, by }: CommandOf<'trust'>): Promise<AnswerOf<'trust'>> {
    const { store, trust, roster, say } = this.parts;
    const { batch } = store;
    const worker = mailbox === null ? undefined : roster.find(mailbox);
    if (mailbox !== null && !worker) return { ok: false, why: `no mailbox ${mailbox} in this batch` };
    const key = meantEndpoint(batch, side, worker?.row ?? null);
    if (key === null)
      return { ok: false, why: `the batch has several servers as ${side}: name a mailbox of the one that is meant` };
    const refusal = await this.#amend(withFingerprint(batch, side, key, fingerprint));
    if (refusal !== null) return refusal;
    trust.vouch(side, key, fingerprint);
    say(
      'info',
      `${by} vouched for the certificate of the ${endpointName(batch, side, key)}: SHA-256 ${showFingerprint(fingerprint)}`,
    );
    return { ok: true };
  }

  async row(order: CommandOf<'correct-row'>): Promise<AnswerOf<'correct-row'>> {
    const { store, roster, say } = this.parts;
    const worker = roster.find(order.mailbox);
    if (!worker) return { ok: false, why: `no mailbox ${order.mailbox} in this batch` };
    const { email } = worker.row;
    const { at } = worker.life;
    if (at !== 'hold' && at !== 'rest')
      return { ok: false, why: `${email} is ${worker.state.kind}: its row is read again while it is held or at rest` };
    const { sourceUser, destinationUser, userRoot, own, wave } = order;
    const row = { ...worker.row, sourceUser, destinationUser, userRoot, own, wave };
    const refusal = await this.#amend(withRow(store.batch, row));
    if (refusal !== null) return refusal;
    this.onCorrected(row);
    say('info', `${order.by} corrected the row of ${email}: ${sourceUser} to ${destinationUser}`);
    return { ok: true };
  }

  async #amend(batch: Batch): Promise<Refused | null> {
    try {
      await this.parts.store.amend(batch);
      return null;
    } catch (error) {
      const trouble = diskTroubleIn(error);
      if (trouble === null) throw error;
      return { ok: false, why: trouble.message };
    }
  }
}

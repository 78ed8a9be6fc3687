import type { PlanRow } from '../../store/batch/batch.js';
import type { Decision } from '../../store/decisions/decisions-document.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { readFailure } from '../mailbox/read-failure.js';
import { canUndo } from '../triage/show-decision.js';
import { bringBack, movedBy, openAgain } from './bring-back.js';
import { MailboxAtDestination } from './mailbox-at-destination.js';
import type { Quarantining } from './quarantine.js';

/** How it ended for one folder of one mailbox. */
export type UndoOutcome = { readonly email: string; readonly folder: string } & (
  | { readonly kind: 'back'; readonly back: UidSet; readonly notFound: UidSet }
  | { readonly kind: 'failed'; readonly why: string }
);

/**
 * Brings back what a quarantine moved, and opens its entries again. Parts that could not be reached stay as they
 * are: the same order may be given again.
 */
export async function undoQuarantine(
  world: Quarantining & { readonly records: ReadonlyMap<string, MailboxRecord> },
  decision: Decision,
): Promise<readonly UndoOutcome[]> {
  const { batch, decisions, by, clock } = world;
  const outcomes: UndoOutcome[] = [];
  const undone = new Set<number>();
  for (const row of batch.mailboxes) {
    const parts = [...decision.scope.entries()].filter(
      ([at, part]) => part.mailbox === row.id && canUndo(decision, part) && movedBy(decision, at).length > 0,
    );
    if (parts.length > 0) outcomes.push(...(await undoIn(row, parts)));
  }
  if (undone.size > 0) {
    const isUndone = new Set(decision.scope.filter((_, at) => undone.has(at)));
    await decisions.undo(decision.id, (part) => isUndone.has(part), { at: clock.now(), by, about: decision.about });
  }
  return outcomes;

  async function undoIn(row: PlanRow, parts: readonly [number, Decision['scope'][number]][]): Promise<UndoOutcome[]> {
    const done: UndoOutcome[] = [];
    const record = world.records.get(row.id);
    const { action } = decision;
    if (!record || action.do !== 'quarantine') return done;
    let mailbox: MailboxAtDestination | null = null;
    try {
      mailbox = await MailboxAtDestination.take(world, row);
      const to = await mailbox.make(action.to);
      for (const [at, part] of parts) {
        const folder = part.folder ?? '';
        const [back, notFound] = [new UidSet(), new UidSet()];
        for (const moved of movedBy(decision, at)) {
          const ledger = await record.ledger({ source: folder, destination: moved.folder });
          const one = await bringBack(mailbox, moved, to, ledger.destinationsKnown());
          openAgain(record, folder, moved, one, clock.now());
          await record.write();
          back.addAll(one.back);
          notFound.addAll(one.notFound);
        }
        undone.add(at);
        done.push({ kind: 'back', email: row.email, folder, back, notFound });
      }
    } catch (error) {
      const failure = readFailure(error);
      if (!failure) throw error;
      done.push({ kind: 'failed', email: row.email, folder: '', why: `${failure.command}: ${failure.response}` });
    } finally {
      await mailbox?.leave();
    }
    return done;
  }
}

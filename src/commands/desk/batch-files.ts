import { leftByFolder } from '../../engine/account/left-by-folder.js';
import type { MailboxErrors } from '../../engine/decisions/selection.js';
import { correctorFor } from '../../engine/responses/corrections.js';
import { givenUpBy } from '../../engine/triage/give-up.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Decisions } from '../../store/decisions/decisions.js';
import { followDecisions } from '../../store/decisions/follow-decisions.js';
import { lostDecisions } from '../../store/decisions/lost-decisions.js';
import type { Looks } from '../../store/looks/looks.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';

/** A batch as its files tell it. */
export interface BatchFiles {
  readonly decisions: Decisions;
  /** Of the mailboxes that were started, by id; with those that cannot be read. */
  readonly records: ReadonlyMap<string, MailboxRecord>;
  /** A mailbox that cannot be read has the reason as its failure. */
  readonly ledgers: readonly MailboxErrors[];
  /** The sizes of mailboxes by early looks. */
  readonly looks: Pick<Looks, 'of'>;
}

/**
 * Reads a batch's files, and in memory what operators decided since they were written: a decision is made in one
 * document, and the mailboxes' own follow when an engine runs.
 *
 * @throws BadInput  naming the file, when one of the whole batch cannot be used
 */
export async function readBatchFiles(store: BatchStore): Promise<BatchFiles> {
  const decisions = await store.decisions();
  const records = await store.startedMailboxes();
  const lost = lostDecisions(decisions, records.values());
  if (lost !== null) store.remark(lost);
  const read = [...records].filter(([, { unusable }]) => unusable === null);
  for (const [, record] of read) followDecisions(record, decisions.all);
  const emails = new Map(store.batch.mailboxes.map(({ id, email }) => [id, email]));
  const ledgers = [...records].map(([id, { errors, data }]) => ({
    id,
    email: emails.get(id) ?? id,
    errors,
    isGivenUp: givenUpBy(decisions.all, id) !== null,
    leftIn: leftByFolder(data.folders),
  }));
  readAsCorrected(ledgers, decisions);
  return { decisions, records, ledgers, looks: await store.looks() };
}

/** Applies corrections of operators to entries that exist already, too. */
function readAsCorrected(ledgers: readonly MailboxErrors[], { corrections }: Decisions): void {
  const correct = correctorFor(corrections);
  for (const { errors } of ledgers)
    for (const entry of errors.entries) entry.verdict = correct(entry.verdict, { line: entry.sample, ...entry });
}

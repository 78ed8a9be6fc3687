import { leftOutByDate } from '../../engine/copy/prepare/left-out-by-date.js';
import { type MailboxForecast, sumOf } from '../../engine/dry-run/forecast.js';
import { forecastMailbox } from '../../engine/dry-run/forecast-mailbox.js';
import { connectTcp } from '../../engine/imap/connection/transport.js';
import { SharedLogins } from '../../engine/login/shared-logins.js';
import { TrustBook } from '../../engine/login/trust-book.js';
import { readFailure } from '../../engine/mailbox/read-failure.js';
import { sanitise } from '../../engine/responses/sanitise.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { Batch, PlanRow } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { seenBy } from '../../store/batch/endpoints.js';
import type { Side } from '../../words/side.js';
import { plural, showBytes, showCount } from '../../words/units.js';
import { CredentialsFrom, type Gathered } from '../input/credentials/credentials-from.js';
import { forecastLines } from '../output/forecast-text.js';
import { harmless } from '../process/harmless.js';
import { onInterrupt } from '../process/interrupts.js';
import type { Environment, Prompts, Signals, Stdout, Timing } from '../process/io.js';

/** Mailboxes that are looked at side by side, one connection each and side. */
const AT_ONCE = 4;

/** A batch that is only looked at. */
export interface DryRun {
  readonly batch: Batch;
  readonly credentials: Gathered;
  /** Null: no run of it was ever made. */
  readonly store: BatchStore | null;
  readonly format: 'plain' | 'json';
}

type Outcome =
  | { readonly kind: 'seen'; readonly row: PlanRow; readonly forecast: MailboxForecast }
  | { readonly kind: 'refused'; readonly row: PlanRow; readonly side: Side; readonly response: string }
  | { readonly kind: 'not tried'; readonly row: PlanRow; readonly side: Side };

/**
 * Prints what a run would copy, by folder, and changes nothing: at neither server, and on no disk.
 *
 * @returns the exit code: 0; 3 where a mailbox or folder could not be looked into; 130 interrupted
 * @throws BadInput  where the file of an authority cannot be read
 */
export async function dryRun(
  { batch, credentials: given, store, format }: DryRun,
  io: Stdout & Prompts & Environment & Timing & Signals,
): Promise<number> {
  const credentials = new CredentialsFrom(given, io);
  const trust = new TrustBook(batch);
  await trust.read();
  const over = new AbortController();
  const stopListening = onInterrupt(io, () => over.abort());
  const logins = new SharedLogins(credentials);
  const look = async (row: PlanRow): Promise<Outcome> => {
    const refused = logins.refusedFor(row);
    if (refused) return { kind: 'not tried', row, side: refused };
    try {
      const forecast = await forecastMailbox({
        batch: seenBy(batch, row),
        row,
        credentials,
        trust: trust.of(row),
        connect: connectTcp,
        clock: io.clock,
        known: knownBy(store, row),
        signal: over.signal,
      });
      logins.letIn(row);
      return { kind: 'seen', row, forecast };
    } catch (error) {
      const failure = readFailure(error);
      if (!failure) throw error;
      const { side, response, verdict } = failure;
      if (verdict.kind === 'auth' && credentials.shared(side, row)) logins.refuse(side, row);
      return { kind: 'refused', row, side, response: sanitise(response) };
    }
  };
  try {
    const lookAndPrint = async (row: PlanRow) => {
      if (over.signal.aborted) return null;
      const outcome = await look(row);
      if (over.signal.aborted) return null;
      await print(outcome, format, io);
      return outcome;
    };
    const outcomes = await logins.each(logins.sharedFirst(batch.mailboxes), AT_ONCE, lookAndPrint);
    if (over.signal.aborted) return 130;
    const seen = outcomes.filter((outcome) => outcome !== null);
    if (format === 'plain') await io.out.write(`${harmless(closing(seen))}\n`);
    return seen.every(isWhole) ? 0 : 3;
  } finally {
    stopListening();
  }
}

const isWhole = (outcome: Outcome) => outcome.kind === 'seen' && outcome.forecast.refused.length === 0;

/** Reads what earlier runs settled, where the folder is still the one that they saw. */
function knownBy(store: BatchStore | null, row: PlanRow) {
  return async (folders: { readonly source: string; readonly destination: string }, uidValidity: string | null) => {
    if (!store) return null;
    const record = await store.mailbox(row.id);
    const ledger = await record.ledger(folders);
    if (uidValidity === null || ledger.identity.source.uidValidity !== uidValidity) return null;
    // By the options of this run it is counted anew.
    return {
      settled: ledger.settledSources().minus(leftOutByDate(ledger)),
      skipped: record.errors.skippedIn(folders.source),
    };
  };
}

async function print(outcome: Outcome, format: DryRun['format'], io: Stdout & Timing): Promise<void> {
  const { row, kind } = outcome;
  if (format === 'json') {
    const body =
      kind === 'seen'
        ? outcome.forecast
        : { side: outcome.side, ...(kind === 'refused' && { response: outcome.response }) };
    const line = {
      v: PROTOCOL_VERSION,
      at: io.clock.now(),
      type: 'dry-run',
      mailbox: row.email,
      outcome: kind,
      ...body,
    };
    await io.out.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const lines =
    kind === 'seen'
      ? forecastLines(row.email, outcome.forecast)
      : [
          kind === 'refused'
            ? `${row.email}: ${outcome.side}: ${outcome.response}`
            : `${row.email}: not looked at, because the ${outcome.side} refused the login that serves it, too`,
        ].map(harmless);
  await io.out.write(`${lines.join('\n')}\n`);
}

function closing(outcomes: readonly Outcome[]): string {
  const folders = outcomes.flatMap((outcome) => (outcome.kind === 'seen' ? outcome.forecast.folders : []));
  const { messages, bytes } = sumOf(folders, 'toCopy');
  const seen = outcomes.filter(({ kind }) => kind === 'seen').length;
  const unseen = outcomes.length - seen;
  return [
    `dry run: ${plural(messages, 'message')} to copy, ${showBytes(bytes)}, in ${plural(seen, 'mailbox', 'mailboxes')}`,
    ...(unseen > 0 ? [`${showCount(unseen)} could not be looked at`] : []),
    'nothing was changed',
  ].join('; ');
}

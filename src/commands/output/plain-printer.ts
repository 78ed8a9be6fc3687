import type { BatchEntity, Instant, MailboxEntity } from '../../protocol/entities.js';
import type { EngineEvent, FailureLine, LogLine } from '../../protocol/events.js';
import { settled } from '../../protocol/figures.js';
import { messageText } from '../../ui/select/pace.js';
import type { Advice } from '../../words/advice/advice.js';
import { adviceText } from '../../words/advice/advice-text.js';
import { showDuration, showTime } from '../../words/times.js';
import { plural, showBytes, showCount, showPercent } from '../../words/units.js';
import { harmless } from '../process/harmless.js';
import { failureKey, failureText, failureWord } from './failure-text.js';
import type { LineSink, Weight } from './line-sink.js';
import { placesText } from './places-text.js';
import { showStateOf } from './plain-text.js';
import type { MakePrinter, Printer } from './printer.js';
import { resultsText } from './results-text.js';
import { summaryTable } from './summary.js';

const PROGRESS_EVERY_MS = 5_000;
/**
 * Milliseconds after which a line about a mailbox comes again, even if nothing has moved, to show that it is not
 * forgotten.
 */
const STANDING_STILL_MS = 60_000;
/** The most failures that are remembered as printed. Later ones are only in the log and the error ledger. */
const MOST_FAILURES = 20_000;

/** Timestamped text for a log file or a terminal without a console. */
export const plainPrinter: MakePrinter = (sink, now, typed) => new PlainPrinter(sink, now, typed);

class PlainPrinter implements Printer {
  readonly #sink: LineSink;
  readonly #now: () => number;
  readonly #mailboxes = new Map<string, MailboxEntity>();
  readonly #failures = new Set<string>();
  readonly #lastProgress = new Map<string, { readonly at: Instant; readonly text: string }>();
  /** Advice that was given for each mailbox: the next failure of the same kind repeats none of it. */
  readonly #advised = new Set<string>();
  #batch: BatchEntity | null = null;

  constructor(
    sink: LineSink,
    now: () => number,
    private readonly typed: string,
  ) {
    this.#sink = sink;
    this.#now = now;
  }

  show(event: EngineEvent): void {
    switch (event.type) {
      case 'batch':
        this.#showBatch(event.batch);
        break;
      case 'mailbox':
        this.#showMailbox(event.mailbox);
        break;
      case 'failure':
        this.#showFailure(event.failure);
        break;
      case 'log':
        this.#showLog(event.line);
        break;
      case 'end':
        this.#showEnd(event.batch, event.exitCode);
        break;
    }
  }

  #showBatch(batch: BatchEntity): void {
    const before = this.#batch;
    this.#batch = batch;
    if (!before) {
      this.#line(`batch ${batch.name}: ${placesText(batch)}`, 'lasting');
    } else if (before.state !== batch.state && batch.state === 'draining') {
      this.#line('stopping: what is in flight is brought to its end', 'lasting');
    }
  }

  #showMailbox(mailbox: MailboxEntity): void {
    const before = this.#mailboxes.get(mailbox.id);
    this.#mailboxes.set(mailbox.id, mailbox);
    // A line for each of 500 queued mailboxes would tell nothing.
    if (before?.state.kind !== mailbox.state.kind) {
      if (mailbox.state.kind === 'queued' && !before) return;
      const asks = mailbox.state.kind === 'held' ? this.#advice(mailbox.email, mailbox.state.asks) : '';
      this.#line(`${mailbox.email} ${showStateOf(mailbox)}${asks}`, 'lasting');
    } else if (mailbox.state.kind === 'copying' || mailbox.state.kind === 'verifying') this.#showProgress(mailbox);
  }

  #showProgress(mailbox: MailboxEntity): void {
    const last = this.#lastProgress.get(mailbox.id);
    // The clock may have been set back since.
    const since = last ? Math.abs(this.#now() - last.at) : Number.POSITIVE_INFINITY;
    if (since < PROGRESS_EVERY_MS) return;
    const text = progressText(mailbox);
    if (text === null || (text === last?.text && since < STANDING_STILL_MS)) return;
    this.#lastProgress.set(mailbox.id, { at: this.#now(), text });
    this.#line(`${mailbox.email} ${text}`, 'progress');
  }

  #showFailure(failure: FailureLine): void {
    const key = failureKey(failure);
    if (this.#failures.has(key) || this.#failures.size >= MOST_FAILURES) return;
    this.#failures.add(key);
    const advice = this.#advice(failure.mailbox, failure.verdict.advice);
    this.#line(`${failureWord(failure)} ${failureText(failure)}${advice}`, 'lasting');
  }

  /** ` -> what to do`, the first time that it is said of a mailbox; then ''. */
  #advice(email: string, advice: Advice | null): string {
    const text = adviceText(advice, this.typed);
    const key = `${email} ${text}`;
    if (text === '' || this.#advised.has(key)) return '';
    if (this.#advised.size < MOST_FAILURES) this.#advised.add(key);
    return ` -> ${text}`;
  }

  #showLog(line: LogLine): void {
    if (line.level === 'debug') return;
    const where = [line.mailbox, line.side, line.folder].filter((part) => part !== null).join(' ');
    const level = line.level === 'info' ? '' : `${line.level}: `;
    this.#line(`${level}${where}${where && ' '}${line.text}`, line.level === 'info' ? 'progress' : 'lasting');
  }

  #showEnd(batch: BatchEntity, exitCode: number): void {
    this.#line(`${ending(exitCode)} after ${showDuration(batch.now - batch.startedAt)}`, 'lasting');
    const mailboxes = [...this.#mailboxes.values()];
    const place = { typed: this.typed, width: null };
    this.#sink.write(summaryTable(mailboxes, batch, place).join('\n'), 'lasting');
    this.#sink.write(resultsText(batch, mailboxes, this.typed).join('\n'), 'lasting');
    if (exitCode !== 0) this.#sink.write(`nightferry errors ${this.typed}  lists what failed`, 'lasting');
  }

  #line(text: string, weight: Weight): void {
    this.#sink.write(`${showTime(this.#now())} ${harmless(text)}`, weight);
  }
}

/** The progress of a mailbox in its folder; null: the folder's last line has said that it is done. */
function progressText({ state, folder: name, folders, counts: all, message }: MailboxEntity): string | null {
  const counts = folders.find(({ source }) => source === name)?.counts ?? all;
  const { total, bytesCopied } = counts;
  if (state.kind === 'verifying') return name === null ? null : `${name}: reading back ${plural(total, 'message')}`;
  if (name !== null && total > 0 && settled(counts) === total && message === null) return null;
  const share = total === 0 ? '' : ` (${showPercent(settled(counts), total)})`;
  const done = `${showCount(settled(counts))} of ${plural(total, 'message')}${share}, ${showBytes(bytesCopied)} copied`;
  return `${name ?? state.kind}: ${done}${message === null ? '' : `; ${messageText(message)}`}`;
}

function ending(exitCode: number): string {
  switch (exitCode) {
    case 0:
      return 'all settled';
    case 3:
      return 'ended with errors open';
    case 4:
      return 'stopped before the end';
    case 130:
      return 'interrupted';
    default:
      return `ended with exit code ${exitCode}`;
  }
}

import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { refusalsBeforeHold } from '../responses/pace.js';

/** So many messages in a row were refused that the mailbox stops and asks. */
export class TooManyRefusals extends Error {
  override readonly name = 'TooManyRefusals';
  constructor(
    readonly side: Side,
    readonly command: string,
    readonly verdict: Verdict,
    readonly line: string,
  ) {
    super(line);
  }
}

/** Single messages of a mailbox that one side refused, with none taken between. */
export class RefusalStreak {
  #inRow = { quota: 0, other: 0 };

  constructor(
    private readonly side: Side,
    private readonly command: string,
  ) {}

  /** Some message was taken. */
  taken(): void {
    this.#inRow = { quota: 0, other: 0 };
  }

  /**
   * A message was refused when it was alone; it is in the error ledger already.
   *
   * @throws TooManyRefusals  when it is one too many
   */
  refused(verdict: Verdict, line: string): void {
    const kind = verdict.kind === 'quota' ? 'quota' : 'other';
    this.#inRow[kind]++;
    if (this.#inRow[kind] >= refusalsBeforeHold(verdict.kind))
      throw new TooManyRefusals(this.side, this.command, verdict, line);
  }
}

import type { Side } from '../../../words/side.js';
import type { Verdict } from '../../../words/verdict.js';
import { refusalsBeforeHold } from '../../responses/pace.js';

/** Too many messages in a row were refused: the mailbox stops and asks its operator. */
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

/** Counts messages of a mailbox that one side refused one after the other, with none taken in between. */
export class RefusalStreak {
  #inRow = { quota: 0, other: 0 };
  #doubt: Promise<boolean> | null = null;

  constructor(
    private readonly side: Side,
    private readonly command: string,
  ) {}

  /** A message was taken, so the count begins anew. */
  taken(): void {
    this.#inRow = { quota: 0, other: 0 };
  }

  /**
   * A message was refused alone. It is in the error ledger already.
   *
   * @throws TooManyRefusals  if this refusal is one too many
   */
  refused(verdict: Verdict, line: string): void {
    if (this.isOneTooMany(verdict)) throw new TooManyRefusals(this.side, this.command, verdict, line);
  }

  /**
   * Counts a refusal as {@link refused} does, but tries other messages before it stops. Neighbours in a folder may be
   * bad together, so one from further behind is tried. A full mailbox refuses every message, so nothing is tried then.
   *
   * @param othersPass  tries others; whether one was taken
   * @throws TooManyRefusals  if this refusal is one too many, and other messages are refused, too
   */
  async refusedUnlessOthersPass(verdict: Verdict, line: string, othersPass: () => Promise<boolean>): Promise<void> {
    if (!this.isOneTooMany(verdict)) return;
    if (verdict.kind !== 'quota' && (await this.#settle(othersPass))) return;
    throw new TooManyRefusals(this.side, this.command, verdict, line);
  }

  /** Counts a refusal. @returns whether it is one too many */
  isOneTooMany({ kind }: Verdict): boolean {
    const row = kind === 'quota' ? 'quota' : 'other';
    return ++this.#inRow[row] >= refusalsBeforeHold(kind);
  }

  async #settle(othersPass: () => Promise<boolean>): Promise<boolean> {
    this.#doubt ??= othersPass();
    const pass = await this.#doubt;
    this.#doubt = null;
    if (pass) this.taken();
    return pass;
  }
}

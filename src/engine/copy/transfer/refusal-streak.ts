import type { Side } from '../../../words/side.js';
import type { Verdict } from '../../../words/verdict.js';
import { refusalsBeforeHold } from '../../responses/pace.js';

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
  #doubt: Promise<boolean> | null = null;

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
    if (this.isOneTooMany(verdict)) throw new TooManyRefusals(this.side, this.command, verdict, line);
  }

  /**
   * The same, where others can be tried. A row of refusals may be due to what lies side by side in the folder: before
   * anything is stopped, a message from further behind is tried. Of a full mailbox nothing else is to be expected.
   *
   * @param othersPass  tries others; whether one was taken
   * @throws TooManyRefusals  when it is one too many, and others are not taken either
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

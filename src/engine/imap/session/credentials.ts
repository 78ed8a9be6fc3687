import type { PlanRow } from '../../../store/batch/batch.js';
import type { Advice } from '../../../words/advice/advice.js';
import type { Side } from '../../../words/side.js';

/** A secret. It is kept in memory only; printing or serialising it shows nothing. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

export type Credential =
  | { readonly kind: 'password'; readonly password: Secret }
  | { readonly kind: 'token'; readonly token: Secret };

/** Where the engine gets what it logs in with. */
export interface Credentials {
  /**
   * @param renew  true when the server refused the last token: the command is run again
   * @throws CredentialMissing  when there is none (a hold with a question), or its command failed
   * @throws CredentialLater  when it will be there by itself
   */
  get(side: Side, row: PlanRow, renew: boolean): Promise<Credential>;
  /** This mailbox's credential serves many on this side (an admin's): refused once, it stops them all. */
  shared(side: Side, row: PlanRow): boolean;
}

export class CredentialMissing extends Error {
  override readonly name = 'CredentialMissing';
  constructor(
    readonly side: Side,
    message: string,
    /** The step that mends it, where more is known than that something is missing. */
    readonly advice: Advice | null = null,
    /** Whoever comes with the same credential gets none: not the mailbox is at fault. */
    readonly concerns: 'this mailbox' | 'all that share it' = 'this mailbox',
  ) {
    super(message);
  }
}

/** Whoever gives credentials cannot for now; nobody needs to do anything. */
export class CredentialLater extends Error {
  override readonly name = 'CredentialLater';
  constructor(
    readonly side: Side,
    message: string,
    readonly waitSeconds: number,
  ) {
    super(message);
  }
}

/**
 * A login that many mailboxes share is tried by one of them first: a wrong password is said once, and not by
 * all that a resume starts at the same time. 500 failed logins earn a ban.
 */
export class FirstLogin {
  #triedBy: string | null = null;
  #worked = false;

  /** Another mailbox tries it now, and whether it works is not known. */
  get isTried(): boolean {
    return !this.#worked && this.#triedBy !== null;
  }

  /** Somebody logged in with it. */
  get hasWorked(): boolean {
    return this.#worked;
  }

  enter(mailbox: string): void {
    this.#triedBy ??= mailbox;
  }

  worked(): void {
    this.#worked = true;
  }

  /** The mailbox has ended; where it had no answer the next one tries. */
  left(mailbox: string): void {
    if (this.#triedBy === mailbox) this.#triedBy = null;
  }
}

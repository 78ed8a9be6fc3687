/**
 * Lets one mailbox first try a login that many share. A wrong password is then refused once, and not for all that a
 * resume starts at the same time: 500 failed logins earn a ban.
 */
export class FirstLogin {
  #triedBy: string | null = null;
  #worked = false;

  /** Whether another mailbox is trying the login, so that nobody knows yet whether it works. */
  get isTried(): boolean {
    return !this.#worked && this.#triedBy !== null;
  }

  /** Whether somebody has logged in with it. */
  get hasWorked(): boolean {
    return this.#worked;
  }

  enter(mailbox: string): void {
    this.#triedBy ??= mailbox;
  }

  worked(): void {
    this.#worked = true;
  }

  /** A mailbox has ended. If it had no answer, the next one tries. */
  left(mailbox: string): void {
    if (this.#triedBy === mailbox) this.#triedBy = null;
  }
}

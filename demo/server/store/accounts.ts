import { Account, type AccountOptions } from './account.js';
import type { Layout } from './layout.js';

/** The users of a server. */
export class Accounts {
  readonly #byUser = new Map<string, Account>();

  constructor(
    private readonly layout: Layout,
    given: Readonly<Record<string, AccountOptions>>,
    /** Password with which any user springs into being at the first login; null: none does. */
    private readonly anyUser: string | null,
    private readonly defaults: AccountOptions,
  ) {
    for (const [user, options] of Object.entries(given)) this.add(user, options);
  }

  add(user: string, options: AccountOptions = {}): Account {
    const account = new Account(user, this.layout, { ...this.defaults, ...options });
    this.#byUser.set(user, account);
    return account;
  }

  /** The account; one that any user may have is made here. @throws RangeError when there is none */
  get(user: string): Account {
    const account = this.find(user);
    if (!account) throw new RangeError(`there is no user ${user}`);
    return account;
  }

  find(user: string): Account | undefined {
    const there = this.#byUser.get(user);
    if (there || this.anyUser === null || user === '') return there;
    return this.add(user, { password: this.anyUser });
  }

  /** Whether the password is this user's. Nobody is made by a wrong guess. */
  matches(user: string, password: string): boolean {
    const expected = this.#byUser.get(user)?.password ?? this.anyUser;
    return expected !== null && expected === password && user !== '';
  }

  all(): readonly Account[] {
    return [...this.#byUser.values()];
  }
}

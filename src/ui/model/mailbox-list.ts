import type { MailboxEntity } from '../../protocol/entities.js';

/** By name as a reader orders them: box2 before box10. One locale, so that two consoles show one order. */
const NAMES = new Intl.Collator('en', { numeric: true });

/** The latest of each mailbox, by name. */
export class MailboxList {
  readonly #byId = new Map<string, MailboxEntity>();
  #order: string[] = [];
  #isSorted = true;

  get size(): number {
    return this.#byId.size;
  }

  note(mailbox: MailboxEntity): void {
    if (!this.#byId.has(mailbox.id)) {
      this.#order.push(mailbox.id);
      this.#isSorted = false;
    }
    this.#byId.set(mailbox.id, mailbox);
  }

  /** A new array. */
  all(): readonly MailboxEntity[] {
    if (!this.#isSorted) {
      const named = this.#order.map((id) => ({ id, email: this.#byId.get(id)?.email ?? '' }));
      named.sort((a, b) => NAMES.compare(a.email, b.email) || (a.id < b.id ? -1 : 1));
      this.#order = named.map(({ id }) => id);
      this.#isSorted = true;
    }
    return this.#order.flatMap((id) => this.#byId.get(id) ?? []);
  }
}

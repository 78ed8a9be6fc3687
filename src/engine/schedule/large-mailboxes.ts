import type { MailboxEntity } from '../../protocol/entities.js';

/** Bytes. Several source mailboxes above this need at least 60 s between their starts. */
const LARGE = 30e9;
const APART = 60;

/** Notices, once, that several large source mailboxes start close together. */
export class LargeMailboxes {
  readonly #large = new Set<string>();
  #said = false;

  /**
   * @param stagger  seconds, the least between two first starts
   * @returns the warning; null: none is needed
   */
  warning({ id, counts }: Pick<MailboxEntity, 'id' | 'counts'>, stagger: number): string | null {
    if (counts.bytesTotal > LARGE) this.#large.add(id);
    if (this.#large.size <= 1 || stagger >= APART || this.#said) return null;
    this.#said = true;
    return `${this.#large.size} source mailboxes are over 30 GB and start less than 60 s apart: a source may take that for an attack; --stagger 60-90 is the default`;
  }
}

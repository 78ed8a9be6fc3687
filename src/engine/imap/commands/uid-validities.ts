/** An opening of a folder, as evidence of how long the server's UIDs last. */
export type Seen =
  | { readonly kind: 'same' }
  /** UIDs mean something else than a moment ago (RFC 9051 section 2.3.1.1). */
  | { readonly kind: 'changed'; readonly before: string };

/**
 * UIDVALIDITY of each folder of one side, as all connections of a mailbox saw it in one run. A folder whose UIDVALIDITY
 * changes twice in a run is on a server that keeps no UIDs: GNU imap4d derives it from the time of day.
 */
export class UidValidities {
  readonly #last = new Map<string, string>();
  readonly #changed = new Set<string>();
  #lasting = true;

  /** False once the server was seen to keep no UIDs: they hold for as long as a folder stays open. */
  get lasting(): boolean {
    return this.#lasting;
  }

  /** Connections are opened anew. A change while none was open is no surprise. */
  begin(): void {
    this.#last.clear();
  }

  /** @param now as an opening told it; null, where it told none, shows nothing */
  see(folder: string, now: string | null): Seen {
    if (now === null) return { kind: 'same' };
    const before = this.#last.get(folder);
    this.#last.set(folder, now);
    if (before === undefined || before === now || !this.#lasting) return { kind: 'same' };
    if (this.#changed.has(folder)) this.#lasting = false;
    this.#changed.add(folder);
    return { kind: 'changed', before };
  }
}

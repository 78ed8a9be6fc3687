import { Folder, type FolderTraits } from './folder.js';
import type { LabelStore, Original } from './label-store.js';
import type { Message, NewMessage } from './message.js';

const DELETED = '\\Deleted';
const FLAGGED = '\\Flagged';

/**
 * A folder of a Gmail account. What is put into it is stored in All Mail besides, once; what is expunged from it loses
 * its label and stays there. Flags belong to the message, but for `\Deleted`.
 */
export class LabelFolder extends Folder {
  constructor(
    private readonly labels: LabelStore,
    traits: FolderTraits,
    uidValidity: number,
    now: () => number,
  ) {
    super(traits, uidValidity, now);
  }

  /** @returns the message that is here already, where an equal one is */
  override add(given: NewMessage): Message {
    const original = this.labels.originalOf(given, this);
    const here = original.shown.get(this);
    if (here) return here;
    const [elsewhere] = original.shown.values();
    const message = this.#show(original, { ...given, ...(elsewhere && { flags: [...elsewhere.flags] }) });
    if (this.specialUse !== '\\Junk' && this.specialUse !== '\\Trash') this.labels.view('\\All')?.alsoShow(message);
    if (message.flags.has(FLAGGED)) this.labels.view(FLAGGED)?.alsoShow(message);
    return message;
  }

  /** Shows a message of another folder here, too. */
  alsoShow(message: Message): void {
    const original = message.labelled as Original;
    if (original.shown.has(this)) return;
    const { raw, internalDate } = message;
    this.#show(original, { raw, internalDate, flags: [...message.flags].filter((flag) => flag !== DELETED) });
  }

  #show(original: Original, given: NewMessage): Message {
    const message = super.add(given);
    message.labelled = original;
    original.shown.set(this, message);
    return message;
  }

  /** From All Mail nothing goes: what is to go is put into Trash first. */
  override expunge(...uids: readonly number[]): void {
    if (this.specialUse === '\\All') return;
    const originals = uids.flatMap((uid) => (this.find(uid)?.labelled as Original | undefined) ?? []);
    super.expunge(...uids);
    for (const original of originals) {
      original.shown.delete(this);
      if (original.shown.size === 0) this.labels.forget(original);
    }
  }

  override setFlags(changes: ReadonlyMap<Message, ReadonlySet<string>>): void {
    super.setFlags(changes);
    for (const [message, flags] of changes) this.#tellTwins(message, flags);
  }

  #tellTwins(message: Message, flags: ReadonlySet<string>): void {
    const original = message.labelled as Original;
    const shared = [...flags].filter((flag) => flag !== DELETED);
    for (const [folder, twin] of original.shown) {
      if (folder === this) continue;
      folder.take(twin, new Set(twin.flags.has(DELETED) ? [...shared, DELETED] : shared));
    }
    const starred = this.labels.view(FLAGGED);
    const star = starred && original.shown.get(starred);
    if (flags.has(FLAGGED)) starred?.alsoShow(message);
    else if (star && starred !== this) starred.expunge(star.uid);
  }

  /** The flags of a twin in another folder were changed. */
  take(message: Message, flags: ReadonlySet<string>): void {
    super.setFlags(new Map([[message, flags]]));
  }
}

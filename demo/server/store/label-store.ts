import { createHash } from 'node:crypto';
import { encodeName } from '../grammar/mutf7.js';
import { astring } from '../grammar/write.js';
import type { Folder } from './folder.js';
import type { LabelFolder } from './label-folder.js';
import type { Labelled, Message, NewMessage } from './message.js';

/** Labels that Gmail writes with a backslash, by the attribute of their folder. */
const SYSTEM_LABELS: Readonly<Record<string, string>> = {
  '\\Sent': '\\Sent',
  '\\Drafts': '\\Draft',
  '\\Flagged': '\\Starred',
  '\\Important': '\\Important',
};
/** No labels: a message lies in one of them. */
const PLACES: readonly (string | null)[] = ['\\All', '\\Junk', '\\Trash'];

/** Ids are above 2^53, as Gmail's are: a client that reads them as doubles mixes messages up. */
const FIRST_ID = 1_278_455_344_230_334_865n;

/** A stored message, and where it is shown. */
export class Original implements Labelled {
  readonly shown = new Map<LabelFolder, Message>();

  constructor(
    private readonly store: LabelStore,
    readonly msgId: bigint,
    /** Identifies the message in all folders of its labels. */
    readonly key: string,
  ) {}

  /** Each message is a conversation of its own. */
  get threadId(): bigint {
    return this.msgId;
  }

  labelsBeside(folder: object): readonly string[] {
    const folders = [...this.shown.keys()].filter((one) => one !== folder && !PLACES.includes(one.specialUse));
    return folders.flatMap((one) => this.store.labelOf(one) ?? []).sort();
  }
}

/** Messages of a Gmail account: each is stored once, and its folders are views of its labels. */
export class LabelStore {
  readonly #byKey = new Map<string, Original>();
  #next = FIRST_ID;

  constructor(private readonly folders: ReadonlyMap<string, Folder>) {}

  /** The stored message that is equal to this one, or a new one. Spam and Trash share none with the rest. */
  originalOf({ raw }: NewMessage, folder: LabelFolder): Original {
    const place = folder.specialUse === '\\Junk' || folder.specialUse === '\\Trash' ? folder.specialUse : '';
    const bytes = typeof raw === 'function' ? raw() : raw;
    const key = `${place} ${createHash('sha1').update(bytes).digest('base64')}`;
    const known = this.#byKey.get(key);
    if (known) return known;
    const original = new Original(this, this.#next++, key);
    this.#byKey.set(key, original);
    return original;
  }

  /** The account's folder of this attribute; none where it is hidden from IMAP. */
  view(attribute: string): LabelFolder | undefined {
    return [...this.folders.values()].find((folder) => folder.specialUse === attribute) as LabelFolder | undefined;
  }

  /** Nothing shows it any more. */
  forget({ key }: Original): void {
    this.#byKey.delete(key);
  }

  /** A system label with its backslash, any other as its folder is called, in modified UTF-7; null: it was deleted. */
  labelOf(folder: LabelFolder): string | null {
    const system = SYSTEM_LABELS[folder.specialUse ?? ''];
    if (system !== undefined) return system;
    const path = [...this.folders].find(([, one]) => one === folder)?.[0];
    if (path === undefined) return null;
    return path === 'INBOX' ? '\\Inbox' : astring(encodeName(path));
  }
}

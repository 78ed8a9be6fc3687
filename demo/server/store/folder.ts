import { Message, type NewMessage } from './message.js';
import { ALL_RIGHTS } from './rights.js';
import { firstAtLeast } from './search-sorted.js';

/** How a folder differs from a plain one. */
export interface FolderTraits {
  /** `\Sent`, `\Drafts` ... (RFC 6154). */
  readonly specialUse?: string;
  readonly subscribed?: boolean;
  /** It is a name that holds other names, and no mail. */
  readonly noselect?: boolean;
  /** Letters of RFC 4314, all of them unless given. */
  readonly rights?: string;
  /** SELECT answers READ-ONLY, and nothing can be stored. */
  readonly readOnly?: boolean;
  /** The value of PERMANENTFLAGS; `\*` when new keywords may be made. */
  readonly permanentFlags?: readonly string[];
  /** Bytes a message may have in this folder (RFC 7889 section 4). */
  readonly appendLimit?: number;
  /** SELECT answers NOMODSEQ (RFC 7162 section 3.1.2.2). */
  readonly noModseq?: boolean;
  readonly uidValidity?: number;
}

/** The messages of one folder, their UIDs and mod-sequences. A test or the demo may write to it beside any session. */
export class Folder {
  uidValidity: number;
  uidNext = 1;
  highestModseq = 1;
  /** Ordered by UID. */
  messages: Message[] = [];
  /** Keywords ever used here, in the order they came. */
  readonly keywords: string[] = [];
  /** UIDs in the order they went: each session remembers how far it has told its client. */
  readonly expungeLog: number[] = [];
  /** Messages in the order their flags changed. */
  readonly flagLog: Message[] = [];
  /** From this UID on no session that may write has seen the messages: they are `\Recent`. */
  firstRecentUid = 1;
  noselect: boolean;
  specialUse: string | null;
  readonly rights: string;
  #bytes: number | null = 0;

  constructor(
    readonly traits: FolderTraits,
    uidValidity: number,
    private readonly now: () => number,
  ) {
    this.uidValidity = traits.uidValidity ?? uidValidity;
    this.noselect = traits.noselect ?? false;
    this.specialUse = traits.specialUse ?? null;
    this.rights = traits.rights ?? ALL_RIGHTS;
  }

  /** @throws RangeError when the UID given is not above all that were here */
  add(given: NewMessage): Message {
    const uid = given.uid ?? this.uidNext;
    if (uid < this.uidNext) throw new RangeError(`UID ${uid} is below UIDNEXT ${this.uidNext}`);
    const at = given.internalDate ?? this.now();
    this.highestModseq += 1;
    const message = new Message(uid, given, typeof at === 'number' ? at : at.getTime(), this.highestModseq);
    this.uidNext = uid + 1;
    this.messages.push(message);
    // The size of a message made on demand is not known yet: then the sum is taken when somebody asks.
    this.#bytes = this.#bytes === null || typeof given.raw === 'function' ? null : this.#bytes + given.raw.length;
    this.#learn(message.flags);
    return message;
  }

  find(uid: number): Message | undefined {
    const message = this.messages[firstAtLeast(this.messages, (each) => each.uid, uid)];
    return message?.uid === uid ? message : undefined;
  }

  /** Removes the messages for good. UIDs that are not here are passed over. */
  expunge(...uids: readonly number[]): void {
    const gone = new Set(uids);
    const going = this.messages.filter((message) => gone.has(message.uid));
    if (going.length === 0) return;
    this.messages = this.messages.filter((message) => !gone.has(message.uid));
    this.highestModseq += 1;
    this.#bytes = null;
    for (const message of going) {
      message.expunged = true;
      this.expungeLog.push(message.uid);
    }
  }

  /** Changes the flags of the messages in one step: they share a mod-sequence (RFC 7162 section 3.1.3). */
  setFlags(changes: ReadonlyMap<Message, ReadonlySet<string>>): void {
    this.highestModseq += 1;
    for (const [message, flags] of changes) {
      message.flags = flags;
      message.modseq = this.highestModseq;
      this.flagLog.push(message);
      this.#learn(flags);
    }
  }

  /** Sum of the sizes, in bytes. */
  get bytes(): number {
    this.#bytes ??= this.messages.reduce((sum, message) => sum + message.size, 0);
    return this.#bytes;
  }

  /** As after a restore: a new UIDVALIDITY, and UIDs that begin at 1 again. */
  renumber(uidValidity: number = this.uidValidity + 1): void {
    this.uidValidity = uidValidity;
    for (const [index, message] of this.messages.entries()) message.uid = index + 1;
    this.uidNext = this.messages.length + 1;
    this.firstRecentUid = this.uidNext;
  }

  #learn(flags: Iterable<string>): void {
    for (const flag of flags) {
      if (!flag.startsWith('\\') && !this.keywords.includes(flag)) this.keywords.push(flag);
    }
  }
}

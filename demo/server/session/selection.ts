import { ANY_KEYWORD, inOrder, SYSTEM_FLAGS } from '../grammar/flags.js';
import { type NumberSet, resolved } from '../grammar/number-set.js';
import { flagList } from '../grammar/write.js';
import type { Folder } from '../store/folder.js';
import type { Message } from '../store/message.js';
import { mayChange } from '../store/rights.js';
import { firstAtLeast } from '../store/search-sorted.js';

/** A message as this session numbers it. */
export interface Numbered {
  readonly message: Message;
  /** Message sequence number, from 1. */
  readonly sequence: number;
}

/** A session's view of its folder: numbers stay until the client was told of a change (RFC 3501 section 7.4.1). */
export class Selection {
  readonly messages: Message[];
  readonly #recent = new Set<Message>();
  readonly #shown = new Set<Message>();
  #toldExpunges: number;
  #toldFlags: number;
  #toldKeywords: number;
  #lastUid: number;

  constructor(
    readonly path: string,
    readonly folder: Folder,
    readonly access: 'read-write' | 'read-only',
    private readonly serverFlags: readonly string[],
  ) {
    this.messages = [...folder.messages];
    this.#toldExpunges = folder.expungeLog.length;
    this.#toldFlags = folder.flagLog.length;
    this.#toldKeywords = folder.keywords.length;
    this.#lastUid = folder.uidNext - 1;
    this.#claimRecent(this.messages);
  }

  get recentCount(): number {
    return this.#recent.size;
  }

  /** FLAGS and PERMANENTFLAGS (RFC 3501 section 7.2.6 and 7.1). */
  flagLines(): readonly string[] {
    const keywords = this.folder.keywords.filter((flag) => /^[^\x00-\x20(){%*"\\\]]+$/.test(flag));
    const permanent = this.permanentFlags();
    const listed = permanent.filter((flag) => flag !== ANY_KEYWORD);
    const more = permanent.includes(ANY_KEYWORD)
      ? [...keywords.filter((flag) => !listed.includes(flag)), ANY_KEYWORD]
      : [];
    const shown = [...SYSTEM_FLAGS, ...new Set([...listed.filter((flag) => !flag.startsWith('\\')), ...keywords])];
    return [
      `* FLAGS ${flagList(shown)}`,
      this.access === 'read-only'
        ? '* OK [PERMANENTFLAGS ()] Read-only mailbox.'
        : `* OK [PERMANENTFLAGS ${flagList([...listed, ...more])}] Flags permitted.`,
    ];
  }

  /** The flags that can be stored here, as configured and as rights allow. */
  permanentFlags(): readonly string[] {
    const flags = this.folder.traits.permanentFlags ?? this.serverFlags;
    return flags.filter((flag) => mayChange(this.folder, flag));
  }

  /** The flags as this session shows them, with its `\Recent`. */
  flagsOf(message: Message): readonly string[] {
    const flags = inOrder(message.flags);
    if (!this.#recent.has(message)) return flags;
    const keywordsFrom = flags.findLastIndex((flag) => flag.startsWith('\\')) + 1;
    return flags.toSpliced(keywordsFrom, 0, '\\Recent');
  }

  isRecent(message: Message): boolean {
    return this.#recent.has(message);
  }

  byUid(set: NumberSet): readonly Numbered[] {
    return this.#pick(resolved(set, this.messages.at(-1)?.uid ?? 0), (uid) =>
      firstAtLeast(this.messages, (each) => each.uid, uid),
    );
  }

  /** @returns null when the set names a number that no message has */
  bySequence(set: NumberSet): readonly Numbered[] | null {
    const ranges = resolved(set, this.messages.length);
    if ((ranges[0]?.[0] ?? 1) < 1 || (ranges.at(-1)?.[1] ?? 0) > this.messages.length) return null;
    return this.#pick(ranges, (sequence) => Math.min(sequence - 1, this.messages.length));
  }

  all(): readonly Numbered[] {
    return this.messages.map((message, index) => ({ message, sequence: index + 1 }));
  }

  numberOf(message: Message): number {
    return firstAtLeast(this.messages, (each) => each.uid, message.uid) + 1;
  }

  /** The answer at hand has shown these flags: they are no news at its end. */
  hasShown(message: Message): void {
    this.#shown.add(message);
  }

  /**
   * The changes since the client was last told.
   * @param expunges whether EXPUNGE may be sent now
   * @param row      writes the row of a message whose flags somebody else changed
   */
  news(expunges: 'told' | 'kept', row: (numbered: Numbered) => string): readonly string[] {
    const { folder } = this;
    const lines: string[] = [];
    const recentBefore = this.#recent.size;
    lines.push(...this.keywordNews());
    lines.push(...this.#changed(row));
    if (expunges === 'told') lines.push(...this.#expunged());
    if (folder.uidNext - 1 > this.#lastUid) {
      const added = folder.messages.slice(firstAtLeast(folder.messages, (each) => each.uid, this.#lastUid + 1));
      this.#lastUid = folder.uidNext - 1;
      for (const message of added) this.messages.push(message);
      this.#claimRecent(added);
      lines.push(`* ${this.messages.length} EXISTS`);
    }
    if (this.#recent.size !== recentBefore) lines.push(`* ${this.#recent.size} RECENT`);
    return lines;
  }

  /** FLAGS and PERMANENTFLAGS again, when a keyword has come since: before the rows that hold it. */
  keywordNews(): readonly string[] {
    if (this.folder.keywords.length === this.#toldKeywords) return [];
    this.#toldKeywords = this.folder.keywords.length;
    return this.flagLines();
  }

  #expunged(): readonly string[] {
    const lines: string[] = [];
    const log = this.folder.expungeLog;
    for (; this.#toldExpunges < log.length; this.#toldExpunges += 1) {
      const index = firstAtLeast(this.messages, (each) => each.uid, log[this.#toldExpunges]!);
      const message = this.messages[index];
      if (!message || message.uid !== log[this.#toldExpunges]) continue;
      this.messages.splice(index, 1);
      this.#recent.delete(message);
      lines.push(`* ${index + 1} EXPUNGE`);
    }
    return lines;
  }

  #changed(row: (numbered: Numbered) => string): readonly string[] {
    const changed = new Set(this.folder.flagLog.slice(this.#toldFlags));
    this.#toldFlags = this.folder.flagLog.length;
    const untold = [...changed].filter(
      (message) => !message.expunged && message.uid <= this.#lastUid && !this.#shown.has(message),
    );
    this.#shown.clear();
    return untold.map((message) => row({ message, sequence: this.numberOf(message) }));
  }

  #claimRecent(messages: readonly Message[]): void {
    for (const message of messages) if (message.uid >= this.folder.firstRecentUid) this.#recent.add(message);
    if (this.access === 'read-write') this.folder.firstRecentUid = this.folder.uidNext;
  }

  #pick(ranges: readonly (readonly [number, number])[], indexOf: (number: number) => number): readonly Numbered[] {
    const picked: Numbered[] = [];
    for (const [low, high] of ranges) {
      const end = indexOf(high + 1);
      for (let index = indexOf(low); index < end; index += 1) {
        picked.push({ message: this.messages[index]!, sequence: index + 1 });
      }
    }
    return picked;
  }
}

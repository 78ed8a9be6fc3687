import type { Adapter } from 'lowdb';
import { BadInput } from '../../words/bad-input.js';
import { type Disk, nodeDisk } from './disk.js';
import { atDisk } from './disk-trouble.js';
import { type DocumentKind, fitToWrite, type Reading, readDocument } from './document-kind.js';
import { replaceFile } from './replace-file.js';
import { WriteQueue } from './write-queue.js';

/** An event about a document, for the operator. */
export interface Fallback {
  /**
   * The document was unreadable and its previous version was taken, or a value in it was impossible and was left out.
   */
  readonly event: 'previous-version-used' | 'value-left-out';
  readonly file: string;
  readonly previous: string;
  /** One line: what was wrong, and what is used instead. */
  readonly text: string;
}

/** Neither a document nor its previous version can be read. */
export class UnusableDocument extends BadInput {
  /** @param what  what is wrong with which files: a sentence  @param todo  what an operator can do about it */
  constructor(
    readonly what: string,
    todo: string,
  ) {
    super(`${what} ${todo}`);
  }
}

export interface DurableFileOptions {
  readonly disk?: Disk;
  readonly onFallback?: (fallback: Fallback) => void;
  /**
   * Says that a document is written once: no previous version is kept, and a leftover of a crash is replaced unread.
   */
  readonly history?: 'previous' | 'none';
}

/**
 * lowdb's adapter for a JSON document that must survive: checked when read, replaced whole when written,
 * its previous version kept beside it (`name.prev.json`). lowdb serialises neither writes nor what is
 * written, so this does: the document is turned into text when `write` is called, and one write runs at a time.
 */
export class DurableFile<T> implements Adapter<T> {
  readonly path: string;
  readonly previous: string;
  readonly #kind: DocumentKind<T>;
  readonly #disk: Disk;
  readonly #onFallback: (fallback: Fallback) => void;
  readonly #history: 'previous' | 'none';
  readonly #queue = new WriteQueue<string>((text) => this.#replace(text));
  /** The state of the file on the disk; null: it was not looked at. */
  #standing: 'good' | 'bad' | null = null;

  constructor(path: string, kind: DocumentKind<T>, options: DurableFileOptions = {}) {
    this.path = path;
    this.previous = beside(path, 'prev');
    this.#kind = kind;
    this.#disk = options.disk ?? nodeDisk;
    this.#onFallback = options.onFallback ?? (() => {});
    this.#history = options.history ?? 'previous';
  }

  /**
   * @returns the document, its previous version when it cannot be read (reported), null when there is neither
   * @throws BadInput     naming the file, when both are bad or it was written by a newer version of this program
   * @throws DiskTrouble  when the disk does not let it be read: no older version takes its place then
   */
  async read(): Promise<T | null> {
    const current = await this.#look(this.path);
    if (current.kind === 'good') {
      this.#standing = 'good';
      return current.data;
    }
    const before: Reading<T> = this.#history === 'none' ? { kind: 'absent' } : await this.#look(this.previous);
    if (before.kind === 'good') {
      this.#standing = 'bad';
      const wrong = current.kind === 'bad' ? current.why : 'it is missing';
      const text = `The ${this.#kind.what} ${this.path} cannot be used (${wrong}). Its previous version is used: ${this.previous}`;
      this.#onFallback({ event: 'previous-version-used', file: this.path, previous: this.previous, text });
      return before.data;
    }
    if (current.kind === 'absent' && before.kind === 'absent') {
      this.#standing = 'good';
      return null;
    }
    throw this.#unusable(current, before);
  }

  /**
   * Resolves when `data`, or what was written after it, is on the disk to stay. A write that waits is
   * replaced by a newer one: a slow disk is not given what is out of date already.
   *
   * @throws BadInput     when what stands there cannot be read, or what is to be written could not be: it is not overwritten
   * @throws DiskTrouble  when the disk refuses; what stood there stands
   */
  write(data: T): Promise<void> {
    const writing = fitToWrite(this.#kind, data);
    if (writing.kind === 'unfit') return Promise.reject(this.#unfit(writing.why));
    if (writing.kind === 'mended') {
      const text = `A value in the ${this.#kind.what} ${this.path} was left out, because it is none that can be read again (${writing.why})`;
      this.#onFallback({ event: 'value-left-out', file: this.path, previous: this.previous, text });
    }
    return this.#queue.write(`${JSON.stringify(writing.data)}\n`);
  }

  /** Gives up the file on the disk. The next write keeps it beside, as unreadable, and takes its place. */
  abandon(): void {
    this.#standing = 'bad';
  }

  async #replace(text: string): Promise<void> {
    if (this.#history === 'none') return replaceFile(this.#disk, this.path, text, null);
    // A file that nobody has read yet may be a bad one beside a good previous version. It is read before it is rotated
    // away.
    if (this.#standing === null) await this.read();
    // A bad file must not take the place of the good version before it. It is put aside, so that somebody can look into
    // it.
    const keepAs = this.#standing === 'good' ? this.previous : beside(this.path, 'unreadable');
    await replaceFile(this.#disk, this.path, text, keepAs);
    this.#standing = 'good';
  }

  async #look(path: string): Promise<Exclude<Reading<T>, { kind: 'newer' }>> {
    return this.#sound(readDocument(this.#kind, await atDisk(path, () => this.#disk.read(path))));
  }

  #sound(reading: Reading<T>): Exclude<Reading<T>, { kind: 'newer' }> {
    if (reading.kind !== 'newer') return reading;
    throw new BadInput(
      `The ${this.#kind.what} ${this.path} was written by a newer version of this program (document version ${reading.version}, this one knows ${this.#kind.version}): use that one`,
    );
  }

  #unfit(why: string): BadInput {
    return new BadInput(
      `The ${this.#kind.what} ${this.path} was not written, because it could not be read again (${why}). What stood there stands; please report it`,
    );
  }

  #unusable(current: Reading<T>, before: Reading<T>): UnusableDocument {
    const wrong = current.kind === 'bad' ? current.why : 'it is missing';
    const neither =
      before.kind === 'bad' ? `nor can its previous version ${this.previous} (${before.why})` : 'and there is no other';
    return new UnusableDocument(
      `The ${this.#kind.what} ${this.path} cannot be used (${wrong}), ${neither}.`,
      'Nothing was overwritten: put a good copy in its place',
    );
  }
}

/** `folder/name.json` -> `folder/name.<word>.json` */
function beside(path: string, word: string): string {
  return path.endsWith('.json') ? `${path.slice(0, -'.json'.length)}.${word}.json` : `${path}.${word}`;
}

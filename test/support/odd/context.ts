import { type OddFolder, type OddFolders, type OddMessage, TODAY } from './mail.js';
import { normalAnswer } from './normal.js';
import { fetchRow, type RowChange, splitRow } from './rows.js';
import { DROP, HALF, type Item, type OddConnection, type OddSpec } from './spec.js';
import { literalMark, nameIn, uidsOf, wordsAfterName } from './words.js';

/** State that all connections of a server share. */
export interface OddState {
  readonly spec: OddSpec;
  readonly folders: OddFolders;
  /** Commands as they came, `#CONNECTION COMMAND`; each literal is `{literal}`. */
  readonly log: string[];
  readonly users: string[];
  readonly passwords: string[];
  /** All bytes that clients sent outside of TLS. */
  readonly clear: string[];
  connections: number;
  appended: number;
  /** How often a folder was opened. */
  opened: number;
}

/** A message of an APPEND command. */
export interface Appended {
  readonly folder: string;
  readonly flags: string[];
  readonly date: string | null;
  readonly raw: Buffer;
}

/** `omit`: no row; items: said instead of it; a change: the row, changed so. */
export type RowOutcome = 'omit' | Item | RowChange;

/** A command at an odd server, and what an answer is made of. */
export class OddContext {
  constructor(
    readonly state: OddState,
    readonly connection: OddConnection,
    readonly command: string,
    readonly tag: string,
    /** Literals are NUL characters in it. */
    readonly args: string,
    readonly literals: readonly Buffer[],
  ) {}

  get spec(): OddSpec {
    return this.state.spec;
  }

  get folders(): OddFolders {
    const { user } = this.connection;
    return (user !== null && this.spec.foldersFor?.(user)) || this.state.folders;
  }

  /** The folder that is open. */
  get folder(): OddFolder | undefined {
    const { open } = this.connection;
    return open === null ? undefined : this.folders[open];
  }

  get messages(): readonly OddMessage[] {
    return this.folder?.messages ?? [];
  }

  /** The folder that the command names, as the client wrote it. */
  get name(): string {
    // UIDs come first.
    const args = /^UID (?:COPY|MOVE)$/.test(this.command) ? wordsAfterName(this.args) : this.args;
    return nameIn(args, this.literals, this.folders, this.spec.names ?? 'lenient');
  }

  /** The same, as it is kept. */
  get targetName(): string {
    const own = this.spec.nameIn?.(this.name) ?? this.name;
    if (this.folders[own] === undefined && /^inbox$/i.test(own) && this.spec.inboxes !== 'two') return 'INBOX';
    return own;
  }

  get target(): OddFolder | undefined {
    return this.folders[this.targetName];
  }

  /** The last literal, e.g. the message of APPEND. */
  get literal(): Buffer {
    return this.literals.at(-1) ?? Buffer.alloc(0);
  }

  /** UIDs of the open folder that the command is about; all of them where it names none. */
  get uids(): number[] {
    return uidsOf(
      this.args,
      this.messages.map(({ uid }) => uid),
    );
  }

  /** The command asks for this item, e.g. `FLAGS`; `BODY`: for whole messages. */
  wants(item: string): boolean {
    return this.args.toUpperCase().includes(item === 'BODY' ? 'BODY.PEEK[]' : item);
  }

  /** Message by UID. */
  message(uid: number): OddMessage {
    const message = this.messages.find((one) => one.uid === uid);
    if (!message) throw new Error(`no message with UID ${uid}`);
    return message;
  }

  row(message: OddMessage, change: RowChange = {}): Buffer {
    return fetchRow(this.args, message, change.number ?? this.messages.indexOf(message) + 1, change);
  }

  /** A row for each message that was asked for, as `how` has it. */
  rows(how: (message: OddMessage) => RowOutcome | undefined = () => undefined, end: Item = '%T OK FETCH'): Item[] {
    const items: Item[] = [];
    for (const uid of this.uids) {
      const message = this.message(uid);
      const outcome = how(message) ?? {};
      if (outcome === 'omit') continue;
      items.push(isChange(outcome) ? this.row(message, outcome) : outcome);
    }
    return [...items, end];
  }

  /** Flags and date in one row, the body in another. */
  split(first: 'flags' | 'body' = 'flags'): Item[] {
    const rows = this.uids.flatMap((uid) => {
      const message = this.message(uid);
      const [flags, body] = splitRow(message, this.messages.indexOf(message) + 1);
      return first === 'flags' ? [flags, body] : [body, flags];
    });
    return [...rows, '%T OK FETCH'];
  }

  /** Only the last `count` of what was asked for, with MESSAGELIMIT (RFC 9738). */
  limited(count: number, how: 'OK' | 'NO' = 'OK'): Item[] {
    const all = this.uids;
    const some = all.slice(-count);
    const end = all.length > count ? `%T ${how} [MESSAGELIMIT ${count} ${some[0]}] processed ${count}` : '%T OK done';
    if (this.command === 'UID SEARCH') return [`* SEARCH ${some.join(' ')}`, end];
    return [...some.map((uid) => this.row(this.message(uid))), end];
  }

  /** The rows up to this UID, whose body breaks off after so many bytes. */
  upTo(uid: number, bytes: number): Item[] {
    return this.uids
      .filter((one) => one <= uid)
      .map((one) => {
        const row = this.row(this.message(one));
        return one === uid ? row.subarray(0, row.indexOf('BODY[] {') + 14 + bytes) : row;
      });
  }

  /** The messages of an APPEND. */
  appends(): Appended[] {
    const bodies = this.args.startsWith(literalMark) ? this.literals.slice(1) : this.literals;
    const parts = wordsAfterName(this.args).split(literalMark);
    return bodies.map((raw, at) => ({
      folder: this.targetName,
      flags:
        /\(([^)]*)\)/
          .exec(parts[at] ?? '')?.[1]
          ?.split(' ')
          .filter(Boolean) ?? [],
      date: /" ?(\d[^"]*)"/.exec(parts[at] ?? '')?.[1] ?? null,
      raw,
    }));
  }

  /** Stores the last message of an APPEND, with a change. @returns its UID */
  store(change: Partial<Appended> = {}): number {
    const last = this.appends().at(-1);
    if (!last) throw new Error(`${this.command} has no message`);
    return this.keep({ ...last, ...change });
  }

  /** @returns the UID */
  keep({ folder: name, flags, date, raw }: Appended): number {
    const folder = this.folders[name];
    if (!folder) throw new Error(`no folder ${name}`);
    folder.messages.push({ uid: folder.uidNext, flags, date: date ?? TODAY, dateGiven: date !== null, raw });
    this.state.appended++;
    return folder.uidNext++;
  }

  /** The answer of an ordinary server. */
  normal(command = this.command): Item[] {
    return normalAnswer(this, command);
  }
}

function isChange(outcome: Item | RowChange): outcome is RowChange {
  if (typeof outcome === 'string' || outcome === DROP || outcome === HALF) return false;
  return !Buffer.isBuffer(outcome) && !('wait' in (outcome as object));
}

import { ConnectionLost } from '../../src/engine/imap/connection/connection-lost.js';
import type { Tagged } from '../../src/engine/imap/connection/tagged.js';
import type { Listener, OnData, Wire } from '../../src/engine/imap/connection/wire.js';
import { isFetchRow } from '../../src/engine/imap/grammar/fetch-row.js';
import type { LiteralWay, Piece } from '../../src/engine/imap/grammar/piece.js';
import type { Literal, Response } from '../../src/engine/imap/grammar/response-reader.js';
import { LITERAL_MARK } from '../../src/engine/imap/grammar/response-reader.js';
import type { Session } from '../../src/engine/imap/session/session.js';
import type { Side } from '../../src/words/side.js';
import { UNKNOWN_SERVER } from '../support/known-servers.js';
import type { ModelFolder, Standing } from './folder.js';
import { type Form, headerOf, internalDate, literalOf, type Mail } from './mail.js';
import type { World } from './world.js';

/** One APPEND, with one message or several. */
export interface AppendCommand {
  readonly line: number;
  readonly messages: readonly {
    readonly mail: Mail;
    readonly form: Form;
    readonly date: number | null;
    readonly flags: readonly string[];
    readonly origin: number;
  }[];
}

interface Queued {
  readonly command: AppendCommand;
  readonly answer: (tagged: Tagged) => void;
  readonly reject: (error: Error) => void;
  /** Set when it was carried out: null where it was refused. */
  stored?: readonly Standing[] | null;
}

const ok = (code: string | null = null, codeArgs = ''): Tagged => ({
  status: 'OK',
  line: code === null ? 'OK done' : `OK [${code} ${codeArgs}] done`,
  code,
  codeArgs,
});

/**
 * A connection of the model, in the place of the wire: it takes commands as text and literals and answers as
 * servers do, so that everything above it is the program itself.
 */
export class ModelLine {
  readonly inFlightCommands: Queued[] = [];
  roundTrip = 2;
  lost: ConnectionLost | null = null;
  readonly literals: LiteralWay = 'plus';
  readonly traffic = { in: 0, out: 0, arrived: 0 };
  readonly underWay = { folder: null, message: null };
  readonly asksAgain = () => false;
  #turn: Promise<void> = Promise.resolve();
  /** Commands other than APPEND that wait for their turn. */
  readonly #waiting = new Set<(error: Error) => void>();

  constructor(
    private readonly world: World,
    private readonly folder: ModelFolder,
    readonly side: Side,
    readonly number: number,
  ) {}

  get inFlight(): number {
    return this.inFlightCommands.length;
  }

  get hasWork(): boolean {
    return this.inFlightCommands.length > 0;
  }

  command(_name: string, pieces: readonly Piece[], listener: Listener | OnData = {}): Promise<Tagged> {
    if (this.lost) return Promise.reject(this.lost);
    if (pieces[0] === 'APPEND ') return this.#append(pieces);
    const listening = typeof listener === 'function' ? { onData: listener } : listener;
    const text = pieces.map((piece) => (typeof piece === 'string' ? piece : '')).join('');
    return new Promise<Tagged>((resolve, reject) => {
      this.#waiting.add(reject);
      this.#turn = this.#turn.then(() => {
        if (!this.#waiting.delete(reject)) return;
        if (!this.lost) this.world.beforeCommand(this);
        if (this.lost) {
          reject(this.lost);
          return;
        }
        try {
          for (const response of this.#responses(text)) listening.onData?.(response);
          const answer = ok();
          listening.onAnswer?.(answer);
          resolve(answer);
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** The line is gone, from the client's side of view; the server may go on with what it received. */
  drop(cause: Error): void {
    if (this.lost) return;
    this.lost = new ConnectionLost(this.side, null, cause);
    const commands = this.inFlightCommands.splice(0);
    for (const waiting of this.#waiting) waiting(this.lost);
    this.#waiting.clear();
    this.world.abandoned(commands.filter(({ stored }) => stored === undefined).map(({ command }) => command));
    for (const { reject } of commands) reject(this.lost);
  }

  async leave(): Promise<void> {
    this.drop(new Error('logged out'));
  }

  toProcess(): AppendCommand | undefined {
    return this.inFlightCommands.find(({ stored }) => stored === undefined)?.command;
  }

  processed(command: AppendCommand, stored: readonly Standing[] | null): void {
    this.inFlightCommands.find((queued) => queued.command === command)!.stored = stored;
  }

  /** The answer to the oldest command arrives, where it was carried out. */
  answerNext(): void {
    const [oldest] = this.inFlightCommands;
    if (!oldest || oldest.stored === undefined) return;
    this.inFlightCommands.shift();
    if (oldest.stored === null) {
      oldest.answer({ status: 'NO', line: 'NO [CANNOT] not here', code: 'CANNOT', codeArgs: '' });
      return;
    }
    const uids = oldest.stored.map(({ uid }) => uid);
    oldest.answer(this.world.tellsUid ? ok('APPENDUID', `7 ${uids.join(',')}`) : ok());
  }

  #append(pieces: readonly Piece[]): Promise<Tagged> {
    const messages: AppendCommand['messages'][number][] = [];
    for (let i = 2; i + 1 < pieces.length; i += 2) {
      const [, flags = '', date] = /^ \(([^)]*)\)(?: "([^"]*)")? $/.exec(pieces[i] as string)!;
      const { slices } = pieces[i + 1] as Literal;
      const sent = SENT.get(slices) ?? this.world.mended.get(textOf(slices));
      if (!sent) throw new Error('bytes were sent that the source never gave');
      messages.push({
        ...sent,
        date: date === undefined ? null : sent.mail.date,
        flags: flags.split(' ').filter(Boolean),
      });
    }
    return new Promise<Tagged>((answer, reject) => {
      this.inFlightCommands.push({ command: { line: this.number, messages }, answer, reject });
      this.world.pump();
    });
  }

  *#responses(text: string): Generator<Response> {
    const { traits } = this.world.schedule;
    const [verb] = text.split(' ');
    const tellsUidNext = this.side === 'source' || traits.tellsUidNext;
    const { messages, uidNext } = this.folder;
    if (verb === 'STATUS') {
      yield plain(
        `* STATUS "Mail" (MESSAGES ${messages.length}${tellsUidNext ? ` UIDNEXT ${uidNext}` : ''} UIDVALIDITY 7)`,
      );
    } else if (verb === 'EXAMINE' || verb === 'SELECT') {
      yield plain(`* ${messages.length} EXISTS`);
      yield plain('* OK [UIDVALIDITY 7] ok');
      if (tellsUidNext) yield plain(`* OK [UIDNEXT ${uidNext}] ok`);
      yield plain('* OK [PERMANENTFLAGS (\\Flagged \\*)] ok');
    } else if (text.startsWith('UID FETCH ')) {
      yield* this.#rows(text);
    } else if (text.startsWith('UID SEARCH UID ')) {
      const found = this.folder.named(text.slice('UID SEARCH UID '.length));
      yield plain(`* SEARCH ${found.map(({ uid }) => uid).join(' ')}`);
    } else if (text.startsWith('UID STORE ')) {
      this.#storeFlags(text);
    } else {
      throw new Error(`the model does not know ${text}`);
    }
  }

  *#rows(text: string): Generator<Response> {
    const [, set = '', items = ''] = /^UID FETCH (\S+) (.*)$/.exec(text)!;
    for (const message of this.folder.named(set)) {
      let row = `* ${this.folder.messages.indexOf(message) + 1} FETCH (UID ${message.uid}`;
      const literals: Literal[] = [];
      const body = literalOf(message.mail, message.rewrite, message.form);
      if (items.includes('FLAGS')) row += ` FLAGS (${[...message.flags].join(' ')})`;
      if (items.includes('INTERNALDATE')) row += ` INTERNALDATE "${internalDate(message.date)}"`;
      if (items.includes('RFC822.SIZE')) row += ` RFC822.SIZE ${body.length}`;
      if (items.includes('HEADER')) {
        row += ` BODY[HEADER.FIELDS (MESSAGE-ID)] ${LITERAL_MARK}`;
        literals.push(headerOf(message.mail));
      }
      if (items.includes('BODY.PEEK[]')) {
        row += ` BODY[] ${LITERAL_MARK}`;
        const literal = { slices: [...body.slices], length: body.length };
        if (this.side === 'source') this.#remember(literal, message);
        literals.push(literal);
      }
      const response = { text: `${row})`, literals };
      if (!isFetchRow(response)) throw new Error(`no row: ${row}`);
      yield response;
    }
  }

  /** The parts of it that may be appended: these slices, or what the program makes of them. */
  #remember({ slices }: Literal, { mail, uid: origin }: Standing): void {
    SENT.set(slices, { mail, origin, form: 'as-is' });
    if (mail.mended === 0) return;
    this.world.mended.set(textOf(literalOf(mail, 'none', 'repaired').slices), { mail, origin, form: 'repaired' });
  }

  #storeFlags(text: string): void {
    if (this.side === 'source') throw new Error('the source was written to');
    const [, set = '', flags = ''] = /^UID STORE (\S+) \+FLAGS\.SILENT \(([^)]*)\)$/.exec(text)!;
    for (const message of this.folder.named(set)) for (const flag of flags.split(' ')) message.flags.add(flag);
  }
}

/** A message of the source as it may be appended. */
export interface Sent {
  readonly mail: Mail;
  readonly origin: number;
  readonly form: Form;
}

/** The message that the slices of a literal came from: what is appended is what was fetched. */
const SENT = new WeakMap<readonly Buffer[], Sent>();

const textOf = (slices: readonly Buffer[]) => Buffer.concat(slices as Buffer[]).toString('latin1');

const plain = (text: string): Response => ({ text, literals: [] });

const NO_NAME = Promise.resolve('');
const NOTHING_KNOWN = Promise.resolve(UNKNOWN_SERVER);

/** The line as the program knows it. The class has private members, so the compiler is told once. */
export function sessionOf(line: ModelLine): Session {
  const wire: Pick<Wire, keyof ModelLine & keyof Wire> = line;
  return {
    wire: wire as Wire,
    capabilities: new Set(['IMAP4REV1']),
    greeting: '* OK the model',
    certificate: null,
    software: NO_NAME,
    known: NOTHING_KNOWN,
  };
}

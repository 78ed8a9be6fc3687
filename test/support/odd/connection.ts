import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { OddContext, type OddState } from './context.js';
import { DROP, HALF, type Item, type OddConnection } from './spec.js';
import { literalMark, strings } from './words.js';

/** How long a server that serves one command at a time is busy with opening a folder. */
const BUSY_MS = 50;
/** How long answers are gathered that go out in one packet. */
const TOGETHER_MS = 20;

/** Time of the test that a server is part of. */
export interface OddTime {
  sleep(ms: number): Promise<void>;
  /** Something happened that time must not run past. */
  moved(): void;
}

interface Partial {
  readonly text: string;
  readonly literals: Buffer[];
  /** Bytes of the literal that is under way; null: the rest of the line is. */
  need: number | null;
}

/** Reads commands from a line, and says what the spec has for them. */
export class OddLine {
  readonly connection: OddConnection;
  #stream: Duplex;
  #buffer: Buffer = Buffer.alloc(0);
  #partial: Partial | null = null;
  /** Tag of the AUTHENTICATE whose response comes next. */
  #sasl: string | null = null;
  #busy = false;
  #silent = false;
  /** Answers that go out in one packet. */
  readonly #gathered: Buffer[] = [];
  /** Output that waits for a pause to be over. */
  #waiting: Promise<void> | null = null;

  constructor(
    stream: Duplex,
    private readonly state: OddState,
    private readonly time: OddTime,
  ) {
    const number = ++state.connections;
    const secured = state.spec.entrance === 'tls';
    this.connection = { number, user: null, loggedIn: false, introduced: false, secured, open: null };
    this.#stream = secured ? this.#overTls(stream) : stream;
    stream.on('error', () => {});
    this.#stream.on('data', this.#heard);
    stream.on('end', () => stream.end());
    this.#say(state.spec.greeting?.(this.connection) ?? ['* OK ready'], '');
  }

  destroy(): void {
    this.#stream.destroy();
  }

  readonly #heard = (chunk: Buffer): void => {
    this.time.moved();
    if (!this.connection.secured) this.state.clear.push(chunk.toString('latin1'));
    this.#buffer = Buffer.concat([this.#buffer, this.#withoutLost(chunk)]);
    while (!this.#stream.destroyed && this.#step());
  };

  get #isFirstOnly(): boolean {
    return this.state.spec.pipelining === 'first of packet';
  }

  #withoutLost(chunk: Buffer): Buffer {
    const first = chunk.indexOf('\r\n') + 2;
    const loses = this.#isFirstOnly && this.connection.loggedIn && !this.#partial;
    // In memory each write comes by itself: what comes before the answer counts as the same packet.
    if (loses && this.#busy) return Buffer.alloc(0);
    return loses && first < chunk.length ? chunk.subarray(0, first) : chunk;
  }

  /** @returns whether there may be more in the buffer */
  #step(): boolean {
    const partial = this.#partial;
    if (partial?.need != null) {
      if (this.#buffer.length < partial.need) return false;
      partial.literals.push(Buffer.from(this.#buffer.subarray(0, partial.need)));
      this.#buffer = this.#buffer.subarray(partial.need);
      partial.need = null;
      return true;
    }
    const end = this.#buffer.indexOf('\r\n');
    if (end < 0) return false;
    const line = this.#buffer.toString('latin1', 0, end);
    this.#buffer = this.#buffer.subarray(end + 2);
    this.#lineCame(line);
    return true;
  }

  #lineCame(line: string): void {
    if (this.#sasl !== null) {
      const tag = this.#sasl;
      this.#sasl = null;
      this.#say(this.#authenticated(line), tag);
      return;
    }
    const text = (this.#partial?.text ?? '') + line;
    const literals = this.#partial?.literals ?? [];
    const announced = /~?\{(\d+)(\+?)\}$/.exec(text);
    if (announced) {
      const before = text.slice(0, text.length - announced[0].length);
      this.#partial = { text: before + literalMark, literals, need: Number(announced[1]) };
      if (announced[2] === '') this.#say([this.state.spec.plus ?? '+ go on'], '');
      return;
    }
    this.#partial = null;
    if (text !== '') this.#command(text, literals);
  }

  #command(text: string, literals: readonly Buffer[]): void {
    const { spec, log } = this.state;
    const [, tag, verb, args = ''] = /^(\S+) (UID \S+|\S+) ?([\s\S]*)$/i.exec(text) ?? [];
    if (tag === undefined || verb === undefined) {
      this.#say(['* BAD no command'], '');
      return;
    }
    const command = verb.toUpperCase();
    log.push(`#${this.connection.number} ${text.slice(tag.length + 1).replaceAll(literalMark, '{literal}')}`);
    if (this.#busy && !this.#isFirstOnly && /^(?:UID |FETCH)/.test(command)) {
      this.#say(['%T BAD Unsupported command'], tag);
      return;
    }
    const context = new OddContext(this.state, this.connection, command, tag, args, literals);
    const items = spec.on?.[command]?.(context) ?? this.#ordinary(context);
    const takesTime = this.#isFirstOnly
      ? this.connection.loggedIn && command !== 'LOGOUT'
      : spec.pipelining === 'one a time' && /^(?:EXAMINE|SELECT)$/.test(command);
    if (takesTime) {
      this.#busy = true;
      void this.time.sleep(BUSY_MS).then(() => {
        this.#busy = false;
        this.#say(items, tag);
      });
      return;
    }
    this.#say(items, tag);
    if (command === 'LOGOUT') this.#stream.end();
    if (command === 'STARTTLS' && spec.tls && /^%T OK/.test(String(items.at(-1)))) this.#beginTls();
  }

  #ordinary(context: OddContext): readonly Item[] {
    if (context.command === 'LOGIN') {
      const [user = '', password = ''] = strings(context.args, context.literals).map((one) => one.toString('utf8'));
      return this.#loggedIn(user, password, Buffer.alloc(0));
    }
    if (context.command !== 'AUTHENTICATE') return context.normal();
    const [, initial] = context.args.split(' ');
    if (initial !== undefined) return this.#authenticated(initial);
    this.#sasl = context.tag;
    return [this.state.spec.plusAuth ?? '+ '];
  }

  /** SASL PLAIN (RFC 4616); another mechanism's bytes are all its user's name. */
  #authenticated(response: string): readonly Item[] {
    const sasl = Buffer.from(response, 'base64');
    const [, user = response, password = response] = sasl.toString('utf8').split('\0');
    return this.#loggedIn(user, password, sasl);
  }

  #loggedIn(user: string, password: string, sasl: Buffer): readonly Item[] {
    this.state.users.push(user);
    this.state.passwords.push(password);
    const refusal = this.state.spec.onAuth?.({ connection: this.connection, user, password, sasl });
    if (refusal) return refusal;
    this.connection.user = user;
    this.connection.loggedIn = true;
    return ['%T OK logged in'];
  }

  #say(items: readonly Item[], tag: string): void {
    for (const item of items) {
      if (typeof item === 'object' && 'wait' in item)
        this.#waiting = (this.#waiting ?? Promise.resolve()).then(() => this.time.sleep(item.wait));
      else if (this.#waiting) this.#waiting = this.#waiting.then(() => this.#put(item, tag));
      else this.#put(item, tag);
    }
  }

  #put(item: Exclude<Item, { readonly wait: number }>, tag: string): void {
    this.time.moved();
    if (item === DROP) this.#stream.destroy();
    if (item === HALF) this.#silent = true;
    if (typeof item === 'symbol' || this.#silent || this.#stream.destroyed) return;
    const bytes = typeof item === 'string' ? Buffer.from(`${item.replace('%T', tag)}\r\n`, 'latin1') : item;
    const { writes = 'whole' } = this.state.spec;
    if (writes === 'whole') this.#stream.write(bytes);
    else if (writes === 'together') this.#gather(bytes);
    else
      for (let at = 0; at < bytes.length; at++) this.#stream.write(bytes.subarray(at, at + 1), () => this.time.moved());
  }

  #gather(bytes: Buffer): void {
    this.#gathered.push(bytes);
    if (this.#gathered.length > 1) return;
    void this.time.sleep(TOGETHER_MS).then(() => {
      this.#stream.write(Buffer.concat(this.#gathered.splice(0)));
      this.time.moved();
    });
  }

  #beginTls(): void {
    this.#stream.removeListener('data', this.#heard);
    this.connection.secured = true;
    this.#buffer = Buffer.alloc(0);
    this.#stream = this.#overTls(this.#stream);
    this.#stream.on('data', this.#heard);
  }

  #overTls(stream: Duplex): Duplex {
    const secure = new TLSSocket(stream, { isServer: true, ...this.state.spec.tls });
    return secure.on('error', () => {});
  }
}

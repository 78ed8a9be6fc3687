import net from 'node:net';
import tls from 'node:tls';
import { RawReader, type RawUnit } from './raw-reader.js';

export interface RawReply {
  readonly status: string;
  /** The tagged line without its tag. */
  readonly line: string;
  readonly untagged: readonly RawUnit[];
}

export interface RawTarget {
  readonly host?: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  /** PEM of the certificate to trust: TLS from the first byte. Without it, plaintext. */
  readonly certificate?: string;
}

interface Pending {
  readonly untagged: RawUnit[];
  readonly resolve: (reply: RawReply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A bare IMAP client for filling and reading test accounts. Commands may be sent before the last
 * answer came; untagged data goes to the oldest unanswered one, or to `onUntagged` where that is set.
 */
export class RawImap {
  greeting = '';
  capabilities: ReadonlySet<string> = new Set();
  /** Takes untagged responses instead of keeping them, for listings that would not fit in memory. */
  onUntagged: ((unit: RawUnit) => void) | null = null;
  readonly #socket: net.Socket;
  readonly #pending = new Map<string, Pending>();
  #onContinue: (() => void) | null = null;
  #onGreeting: ((text: string) => void) | null = null;
  #count = 0;
  #closed: Error | null = null;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    const reader = new RawReader((unit) => this.#take(unit));
    socket.on('data', (chunk: Buffer) => reader.feed(chunk));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('the server closed the connection')));
  }

  /** Connects and logs in. @throws Error  where the server does not say OK */
  static async connect(target: RawTarget): Promise<RawImap> {
    const client = await RawImap.open(target);
    await client.ok(`LOGIN ${quoted(target.user)} ${quoted(target.password ?? 'pass')}`);
    const { untagged } = await client.ok('CAPABILITY');
    const said = untagged.find(({ text }) => text.startsWith('* CAPABILITY '))?.text ?? '';
    client.capabilities = new Set(said.split(' ').slice(2));
    return client;
  }

  /** Connects and reads the greeting, no more. */
  static async open({ host = '127.0.0.1', port, certificate }: Omit<RawTarget, 'user'>): Promise<RawImap> {
    const socket =
      certificate === undefined ? net.connect({ host, port }) : tls.connect({ host, port, ca: certificate });
    const client = new RawImap(socket);
    client.greeting = await new Promise<string>((resolve, reject) => {
      client.#onGreeting = resolve;
      socket.once('close', () => reject(client.#closed ?? new Error('closed before the greeting')));
    });
    return client;
  }

  /** Sends a command at once; strings go as UTF-8. */
  command(parts: string | readonly (string | Buffer)[]): Promise<RawReply> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    const tag = `r${++this.#count}`;
    const pieces = typeof parts === 'string' ? [parts] : parts;
    this.#socket.write(Buffer.concat([`${tag} `, ...pieces, '\r\n'].map((piece) => Buffer.from(piece))));
    return this.#answer(tag);
  }

  /** @throws Error  with the server's line, where it is not OK */
  async ok(parts: string | readonly (string | Buffer)[]): Promise<RawReply> {
    const reply = await this.command(parts);
    if (reply.status === 'OK') return reply;
    throw new Error(`${String(typeof parts === 'string' ? parts : parts[0]).slice(0, 60)}: ${reply.line}`);
  }

  /** APPEND, without waiting for `+` where the server has LITERAL+. `folder` is a wire name. */
  async append(folder: string, flags: readonly string[], internalDate: string, raw: Buffer): Promise<RawReply> {
    const head = `APPEND ${quoted(folder)} (${flags.join(' ')}) "${internalDate}"`;
    if (this.capabilities.has('LITERAL+')) return this.command([`${head} {${raw.length}+}\r\n`, raw]);
    const tag = `r${++this.#count}`;
    const go = new Promise<'go'>((resolve) => {
      this.#onContinue = () => resolve('go');
    });
    const answer = this.#answer(tag);
    this.#socket.write(`${tag} ${head} {${raw.length}}\r\n`);
    const first = await Promise.race([go, answer]);
    if (first !== 'go') return first;
    this.#socket.write(Buffer.concat([raw, Buffer.from('\r\n')]));
    return answer;
  }

  /** Writes bytes as they are, for what no command would say. */
  write(bytes: string | Buffer): void {
    this.#socket.write(bytes);
  }

  async logout(): Promise<void> {
    await this.command('LOGOUT').catch(() => undefined);
    this.#socket.destroy();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #answer(tag: string): Promise<RawReply> {
    return new Promise((resolve, reject) => this.#pending.set(tag, { untagged: [], resolve, reject }));
  }

  #take(unit: RawUnit): void {
    if (this.#onGreeting !== null) {
      this.#onGreeting(unit.text);
      this.#onGreeting = null;
    } else if (unit.text.startsWith('* ')) {
      if (this.onUntagged !== null) this.onUntagged(unit);
      else this.#pending.values().next().value?.untagged.push(unit);
    } else if (unit.text.startsWith('+')) this.#onContinue?.();
    else this.#settle(unit.text);
  }

  #settle(text: string): void {
    const space = text.indexOf(' ');
    const pending = this.#pending.get(text.slice(0, space));
    if (pending === undefined) return;
    this.#pending.delete(text.slice(0, space));
    const line = text.slice(space + 1);
    pending.resolve({ status: line.split(' ')[0] ?? '', line, untagged: pending.untagged });
  }

  #end(error: Error): void {
    this.#closed ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#closed);
    this.#pending.clear();
  }
}

export function quoted(text: string): string {
  return `"${text.replace(/(["\\])/g, '\\$1')}"`;
}

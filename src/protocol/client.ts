import { createConnection, type Socket } from 'node:net';
import { BadInput } from '../words/bad-input.js';
import type { Clock } from '../words/clock.js';
import type { AnswerOf, EngineAnswer, EngineCommand, TakeCommand } from './commands.js';
import { PROTOCOL_VERSION, type Status } from './entities.js';
import type { EngineEvent } from './events.js';
import { LineReader, LONGEST_LINE } from './line-reader.js';
import type { Greeting, Reply } from './socket-messages.js';
import { StatusCollector } from './status-collector.js';

/** An engine as a console sees it, over the socket or in the same process. */
export interface EngineClient {
  readonly command: TakeCommand;
  /** Resolves when `listener` has the whole state. From then on it gets changes. */
  subscribe(listener: (event: EngineEvent) => void): Promise<void>;
  status(): Promise<Status>;
  /** Resolves when the engine ended, or the connection to it was lost. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Nobody answers at the socket, or the connection to the engine broke. */
export class EngineGone extends Error {
  override readonly name = 'EngineGone';
}

const GREETING_WITHIN_MS = 5_000;

/**
 * `read-only`: the engine refuses everything that would change something, and does not wait for this console's answers.
 */
export type Access = 'full' | 'read-only';

/**
 * @param program  our own version, for the message when the engine's protocol is another
 * @throws EngineGone  when nobody answers, or it refuses another console
 * @throws BadInput    when the engine speaks another version
 */
export async function connectEngine(
  path: string,
  world: { clock: Clock; program: string },
  access: Access = 'full',
): Promise<EngineClient> {
  const client = new SocketClient(createConnection(path));
  const patience = new AbortController();
  const greeting = await Promise.race([
    client.greeting,
    world.clock.sleep(GREETING_WITHIN_MS, patience.signal).then(() => null),
  ]);
  patience.abort();
  if (greeting?.nightferry === PROTOCOL_VERSION) {
    if (access === 'full') return client;
    const answer = await client.restrict();
    if (answer.ok) return client;
    client.close();
    throw new EngineGone(answer.why);
  }
  client.close();
  if (!greeting) throw new EngineGone(client.refusal ?? 'no engine answers at the socket of this batch');
  throw new BadInput(
    `the engine runs nightferry ${greeting.program} with protocol ${greeting.nightferry}, ` +
      `this is nightferry ${world.program} with protocol ${PROTOCOL_VERSION}; use the same version`,
  );
}

class SocketClient implements EngineClient {
  readonly #socket: Socket;
  readonly #reader = new LineReader(2 * LONGEST_LINE);
  readonly #waiting = new Map<number, (answer: EngineAnswer) => void>();
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #status = new StatusCollector();
  readonly #caughtUp = deferred<void>();
  readonly #greeted = deferred<Greeting | null>();
  readonly closed: Promise<void>;
  #why = 'the connection to the engine broke';
  #refused: string | null = null;
  #lastId = 0;
  #greetingRead = false;
  #subscribed: Promise<void> | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#lost();
        resolve();
      });
    });
    this.#caughtUp.promise.catch(() => undefined);
  }

  get greeting(): Promise<Greeting | null> {
    return this.#greeted.promise;
  }

  /** The reason for which the engine turned this console away, if it gave one. */
  get refusal(): string | null {
    return this.#refused;
  }

  restrict(): Promise<EngineAnswer> {
    return this.#ask({ access: 'read-only' });
  }

  command<C extends EngineCommand>(command: C): Promise<AnswerOf<C['do']>> {
    return this.#ask({ command }) as Promise<AnswerOf<C['do']>>;
  }

  subscribe(listener: (event: EngineEvent) => void): Promise<void> {
    // A later listener first gets everything that the first ones have been told.
    if (this.#subscribed) for (const event of this.#status.events()) listener(event);
    this.#listeners.add(listener);
    return this.#follow();
  }

  async status(): Promise<Status> {
    await this.#follow();
    return this.#status.status();
  }

  close(): void {
    this.#socket.destroy();
  }

  #follow(): Promise<void> {
    this.#subscribed ??= this.#ask({ subscribe: true }).then((answer) => {
      if (!answer.ok) throw new EngineGone(answer.why);
      return this.#caughtUp.promise;
    });
    return this.#subscribed;
  }

  #ask(body: { command: EngineCommand } | { subscribe: true } | { access: 'read-only' }): Promise<EngineAnswer> {
    if (this.#socket.destroyed) return Promise.reject(new EngineGone(this.#why));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.write(`${JSON.stringify({ id, ...body })}\n`);
    });
  }

  #take(chunk: Buffer): void {
    try {
      for (const text of this.#reader.push(chunk)) this.#line(JSON.parse(text) as Greeting | Reply);
    } catch (error) {
      this.#why = error instanceof SyntaxError ? 'what answers at the socket is no engine' : this.#why;
      this.#socket.destroy();
    }
  }

  #line(message: Greeting | Reply): void {
    if (!this.#greetingRead) {
      this.#greetingRead = true;
      if ('refused' in message) this.#refused = `the engine refused: ${message.refused}`;
      this.#greeted.resolve('nightferry' in message ? message : null);
    } else if ('answer' in message) {
      this.#waiting.get(message.id)?.(message.answer);
      this.#waiting.delete(message.id);
    } else if ('event' in message) {
      this.#status.note(message.event);
      for (const listener of this.#listeners) listener(message.event);
    } else if ('caughtUp' in message) {
      this.#caughtUp.resolve();
    } else if ('refused' in message) {
      this.#why = `the engine refused: ${message.refused}`;
    }
  }

  #lost(): void {
    this.#greeted.resolve(null);
    for (const answer of this.#waiting.values()) answer({ ok: false, why: this.#why });
    this.#waiting.clear();
    this.#caughtUp.reject(new EngineGone(this.#why));
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function deferred<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...(settle as Omit<Deferred<T>, 'promise'>) };
}

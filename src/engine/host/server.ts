import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { type EngineAnswer, isRead, type Refused } from '../../protocol/commands.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import { line } from '../../protocol/event-line.js';
import { LineReader, LONGEST_LINE } from '../../protocol/line-reader.js';
import { type Greeting, type Request, readRequest } from '../../protocol/socket-messages.js';
import { codeOf } from '../../store/documents/disk.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import type { RunningEngine } from '../running-engine.js';
import { feed } from './event-feed.js';
import { EventMirror } from './event-mirror.js';
import { answerLine } from './fit-answer.js';

/** Consoles, scripts and monitors of one operator; more is a mistake. */
const MOST_CLIENTS = 32;
/** How long the end of the batch waits for consoles to be told it, and once more for them to read it. */
const LAST_WORDS_MS = 1_000;

/** The rights of a console. */
type Access = 'full' | 'read-only';
const READ_ONLY: Refused = { ok: false, why: 'this console is read-only' };

export interface EngineSocket {
  readonly path: string;
  /** Lets consoles read the end, for a second at most, and takes the socket away. */
  close(): Promise<void>;
}

/**
 * Opens an engine to consoles of the same user: a Unix socket of mode 0600, newline-delimited JSON.
 * The caller holds the batch's lock, so a socket file found at `path` is left over and is replaced.
 *
 * @param path  at most 100 bytes, in a folder of mode 0700
 * @throws BadInput  when it cannot be opened there
 */
export async function serveEngine(
  engine: RunningEngine,
  given: { path: string; batch: string; program: string; clock: Clock },
): Promise<EngineSocket> {
  const mirror = new EventMirror(engine.status());
  const deaf = engine.onEvent((event) => mirror.note(event));
  const clients = new Map<Socket, Promise<void>>();
  const within = async (ms: number, done: Promise<unknown>): Promise<void> => {
    const enough = new AbortController();
    await Promise.race([done, given.clock.sleep(ms, enough.signal)]);
    enough.abort();
  };
  const greeting: Greeting = { nightferry: PROTOCOL_VERSION, program: given.program, batch: given.batch };
  const server = createServer((socket) => {
    // A console that dies is no event for the engine.
    socket.on('error', () => socket.destroy());
    if (clients.size >= MOST_CLIENTS)
      return void socket.end(line({ refused: `${MOST_CLIENTS} consoles are open already` }));
    socket.write(`${JSON.stringify(greeting)}\n`);
    clients.set(socket, serveClient(socket, engine, mirror, given.clock));
    socket.on('close', () => clients.delete(socket));
  });
  try {
    await rm(given.path, { force: true });
    server.listen(given.path);
    await once(server, 'listening');
    await chmod(given.path, 0o600);
  } catch (error) {
    throw new BadInput(
      `The socket ${given.path} cannot be opened (${codeOf(error) || error}): move away what stands there, or set XDG_RUNTIME_DIR or TMPDIR to a folder of your own`,
    );
  }
  server.on('error', () => undefined);
  return {
    path: given.path,
    async close() {
      deaf();
      server.close();
      if (mirror.ended.aborted) {
        await within(LAST_WORDS_MS, Promise.all(clients.values()));
        // Our half only: who writes to a socket that is closed loses what it has not read yet, the end among it.
        const left = [...clients.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
        for (const socket of clients.keys()) socket.end();
        await within(LAST_WORDS_MS, Promise.all(left));
      }
      for (const socket of clients.keys()) socket.destroySoon();
      // Where it cannot be removed the next engine does.
      await rm(given.path, { force: true }).catch(() => undefined);
    },
  };
}

/** Resolves when nothing more will be sent to this console: not before it asked for anything, or is gone. */
async function serveClient(socket: Socket, engine: RunningEngine, mirror: EventMirror, clock: Clock): Promise<void> {
  await new ServedConsole(socket, engine, mirror, clock).served();
}

/** One console on its socket: what it may do, and what it is sent. */
class ServedConsole {
  readonly #gone = new AbortController();
  /** Aborted when the console is gone or the engine has ended, so that nothing more is waited for. */
  readonly #hurry = new AbortController();
  readonly #reader = new LineReader();
  #feeding: Promise<void> | null = null;
  #access: Access = 'full';
  #subscribed: () => void = () => undefined;
  readonly #asked: Promise<void>;

  constructor(
    private readonly socket: Socket,
    private readonly engine: RunningEngine,
    private readonly mirror: EventMirror,
    private readonly clock: Clock,
  ) {
    const { signal } = this.#gone;
    socket.on('close', () => this.#gone.abort());
    signal.addEventListener('abort', () => this.#hurry.abort());
    mirror.ended.addEventListener('abort', () => this.#hurry.abort(), { signal });
    if (mirror.ended.aborted) this.#hurry.abort();
    this.#asked = new Promise<void>((resolve) => {
      this.#subscribed = resolve;
      signal.addEventListener('abort', () => resolve());
    });
    socket.on('data', (chunk: Buffer) => {
      socket.pause();
      void this.#take(chunk).then(() => socket.resume());
    });
  }

  async served(): Promise<void> {
    const { signal } = this.#hurry;
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve());
      if (signal.aborted) resolve();
    });
    // A console that is still being drawn when a short batch ends is given the time to ask for the end.
    await this.#asked;
    await this.#feeding;
  }

  async #take(chunk: Buffer): Promise<void> {
    let lines: string[];
    try {
      lines = this.#reader.push(chunk);
    } catch {
      return this.#refuse(`a line is longer than ${LONGEST_LINE} bytes`);
    }
    for (const text of lines) {
      if (this.#gone.signal.aborted || this.socket.writableEnded) return;
      const request = readRequest(text);
      if (!request) return this.#refuse('this line is no request');
      await this.#handle(request);
    }
  }

  #refuse(why: string): void {
    this.socket.end(line({ refused: why }), () => this.socket.destroy());
    this.#gone.abort();
  }

  async #handle(request: Request): Promise<void> {
    const { socket, engine } = this;
    if ('access' in request) {
      this.#access = request.access;
      socket.write(line({ id: request.id, answer: { ok: true } }));
      return;
    }
    if ('subscribe' in request) return this.#subscribe(request.id);
    const mayNot = this.#access === 'read-only' && !isRead(request.command);
    const given = mayNot ? READ_ONLY : await answer(engine, request);
    // It was told the end meanwhile.
    if (socket.writableEnded) return;
    socket.write(answerLine(request.id, given));
    // A console that asks and does not read waits: its answers are not piled up here.
    if (socket.writableNeedDrain) await once(socket, 'drain', { signal: this.#gone.signal }).catch(() => undefined);
  }

  #subscribe(id: Request['id']): void {
    const { socket, engine, mirror } = this;
    const { signal } = this.#gone;
    socket.write(line({ id, answer: { ok: true } }));
    this.#subscribed();
    // Publish the batch anew: the last state of a quiet engine may be old, and a console would count down from its clock.
    if (!mirror.ended.aborted) mirror.note({ type: 'batch', batch: engine.status().batch });
    if (this.#feeding === null && this.#access === 'full') signal.addEventListener('abort', engine.attend());
    this.#feeding ??= feed(socket, mirror, this.clock, { gone: signal, hurry: this.#hurry.signal });
  }
}

async function answer(engine: RunningEngine, request: Extract<Request, { command: unknown }>): Promise<EngineAnswer> {
  try {
    return await engine.command(request.command);
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : 'the engine could not do that' };
  }
}

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
  const gone = new AbortController();
  const hurry = new AbortController();
  socket.on('close', () => gone.abort());
  gone.signal.addEventListener('abort', () => hurry.abort());
  mirror.ended.addEventListener('abort', () => hurry.abort(), { signal: gone.signal });
  if (mirror.ended.aborted) hurry.abort();
  const reader = new LineReader();
  let feeding: Promise<void> | null = null;
  let access: Access = 'full';
  let subscribed: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    subscribed = resolve;
    gone.signal.addEventListener('abort', () => resolve());
  });
  const refuse = (why: string): void => {
    socket.end(line({ refused: why }), () => socket.destroy());
    gone.abort();
  };
  const handle = async (request: Request): Promise<void> => {
    if ('access' in request) {
      access = request.access;
      socket.write(line({ id: request.id, answer: { ok: true } }));
      return;
    }
    if ('subscribe' in request) {
      socket.write(line({ id: request.id, answer: { ok: true } }));
      subscribed();
      // Publish the batch anew: the last state of a quiet engine may be old, and a console would count down from its clock.
      if (!mirror.ended.aborted) mirror.note({ type: 'batch', batch: engine.status().batch });
      if (feeding === null && access === 'full') gone.signal.addEventListener('abort', engine.attend());
      feeding ??= feed(socket, mirror, clock, { gone: gone.signal, hurry: hurry.signal });
      return;
    }
    const given = access === 'read-only' && !isRead(request.command) ? READ_ONLY : await answer(engine, request);
    // It was told the end meanwhile.
    if (socket.writableEnded) return;
    socket.write(answerLine(request.id, given));
    // A console that asks and does not read waits: its answers are not piled up here.
    if (socket.writableNeedDrain) await once(socket, 'drain', { signal: gone.signal }).catch(() => undefined);
  };
  socket.on('data', (chunk: Buffer) => {
    socket.pause();
    void takeLines(chunk).then(() => socket.resume());
  });
  const takeLines = async (chunk: Buffer): Promise<void> => {
    let lines: string[];
    try {
      lines = reader.push(chunk);
    } catch {
      return refuse(`a line is longer than ${LONGEST_LINE} bytes`);
    }
    for (const text of lines) {
      if (gone.signal.aborted || socket.writableEnded) return;
      const request = readRequest(text);
      if (!request) return refuse('this line is no request');
      await handle(request);
    }
  };
  await new Promise<void>((resolve) => {
    hurry.signal.addEventListener('abort', () => resolve());
    if (hurry.signal.aborted) resolve();
  });
  // A console that is still being drawn when a short batch ends is given the time to ask for the end.
  await asked;
  await feeding;
}

async function answer(engine: RunningEngine, request: Extract<Request, { command: unknown }>): Promise<EngineAnswer> {
  try {
    return await engine.command(request.command);
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : 'the engine could not do that' };
  }
}

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineSocket, serveEngine } from '../../../src/engine/host/server.js';
import { connectEngine, type EngineClient } from '../../../src/protocol/client.js';
import { systemClock } from '../../../src/words/clock.js';
import { aMailbox, type FakeEngine } from '../../support/fake-engine.js';

/** A socket file of its own, and what a test opens on it. */
export class AnEngineSocket {
  readonly #open: { close(): unknown }[] = [];
  readonly path: string;

  private constructor(private readonly dir: string) {
    this.path = join(dir, 'e.sock');
  }

  static async inFolder(): Promise<AnEngineSocket> {
    return new AnEngineSocket(await mkdtemp(join(tmpdir(), 'nf-socket-')));
  }

  /** It is closed with all others when the test ends. */
  closesToo(one: { close(): unknown }): void {
    this.#open.push(one);
  }

  async isDone(): Promise<void> {
    for (const one of this.#open.splice(0).reverse()) await one.close();
    await rm(this.dir, { recursive: true });
  }

  async serve(engine: FakeEngine): Promise<EngineSocket> {
    const { path } = this;
    const socket = await serveEngine(engine, { path, batch: 'school', program: '0.1.0', clock: systemClock });
    this.closesToo(socket);
    return socket;
  }

  async connect(): Promise<EngineClient> {
    const client = await connectEngine(this.path, { clock: systemClock, program: '0.1.0' });
    this.closesToo(client);
    return client;
  }

  /** A console that does not behave: raw bytes out, text in. */
  async stranger(): Promise<{ socket: Socket; text: () => string }> {
    const socket = createConnection(this.path);
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    await once(socket, 'connect');
    this.closesToo({ close: () => socket.destroy() });
    return { socket, text: () => text };
  }
}

export const copied = (n: number, id = 'ann') => aMailbox(id, { state: { kind: 'copying' }, attempts: n });

import net from 'node:net';
import { delayed, Gate } from '../../bench/lab/delayed-pipe.js';
import { listenAnywhere } from '../../bench/lab/ports.js';
import { ResponseEditor } from '../../bench/lab/response-editor.js';

export interface LineOptions {
  readonly port: number;
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
  readonly uids: 'told' | 'not told';
}

/**
 * The way from the program to a server. It holds whatever is on it: what a program that is gone had sent goes on to
 * the server all the same. It can be broken at any moment.
 */
export class FaultyLine {
  /** Bytes from the program to the server. */
  up = 0;
  readonly #sockets = new Set<net.Socket>();
  readonly #gate = new Gate();
  readonly #pace: { latencyMs: number; bytesPerSecond: number };
  readonly #server: net.Server;
  #deaf = false;

  private constructor(private readonly options: LineOptions) {
    this.#pace = { latencyMs: options.latencyMs, bytesPerSecond: options.bytesPerSecond };
    this.#server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => this.#join(client));
  }

  static async to(options: LineOptions): Promise<{ line: FaultyLine; port: number }> {
    const line = new FaultyLine(options);
    return { line, port: await listenAnywhere(line.#server) };
  }

  cut(how: 'fin' | 'rst'): void {
    for (const socket of this.#sockets) {
      if (how === 'rst') socket.resetAndDestroy();
      else socket.end();
    }
  }

  async stall(ms: number): Promise<void> {
    this.#gate.close();
    await rest(ms);
    this.#gate.open();
  }

  async trickle(bytesPerSecond: number, ms: number): Promise<void> {
    const usual = this.#pace.bytesPerSecond;
    this.#pace.bytesPerSecond = bytesPerSecond;
    await rest(ms);
    this.#pace.bytesPerSecond = usual;
  }

  /** Answers of the server are lost for a while, and then the line is reset. */
  async loseAnswers(ms: number): Promise<void> {
    this.#deaf = true;
    await rest(ms);
    this.cut('rst');
    this.#deaf = false;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: net.Socket): void {
    const server = net.connect({ host: '127.0.0.1', port: this.options.port, allowHalfOpen: true });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('error', () => other.destroy());
      socket.once('close', () => this.#sockets.delete(socket));
    }
    delayed(client, server, this.#pace, this.#gate, (chunk) => {
      this.up += chunk.length;
      return chunk;
    });
    const edited = this.#editor();
    delayed(server, client, { latencyMs: this.options.latencyMs, bytesPerSecond: 0 }, this.#gate, (chunk) =>
      this.#deaf ? Buffer.alloc(0) : edited(chunk),
    );
  }

  #editor(): (chunk: Buffer) => Buffer {
    if (this.options.uids === 'told') return (chunk) => chunk;
    const editor = new ResponseEditor({ hide: ['UIDPLUS'], dropUids: true }, { appendUidsSent: 0, appendUidsSeen: 0 });
    return (chunk) => editor.edit(chunk);
  }
}

export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

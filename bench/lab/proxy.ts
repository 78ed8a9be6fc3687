import net from 'node:net';
import { delayed } from './delayed-pipe.js';
import { listenAnywhere } from './ports.js';
import { ResponseEditor } from './response-editor.js';

export interface ProxyOptions {
  readonly target: { readonly host?: string; readonly port: number };
  /** One way, milliseconds: a round trip takes twice that, and so does connecting. */
  readonly latencyMs?: number;
  /** Each way and connection; absent: no limit. */
  readonly bytesPerSecond?: number;
  /** Resets a connection once so many bytes of it have passed in that direction: the byte after is never delivered. */
  readonly cut?: { readonly direction: 'up' | 'down'; readonly afterBytes: number; readonly times: number };
  /** Takes APPENDUID, COPYUID and these capabilities out of what the server says. Plaintext only. */
  readonly withoutUidPlus?: boolean;
  readonly hideCapabilities?: readonly string[];
}

export interface ProxyStats {
  connections: number;
  /** Bytes from client to server, and back. */
  up: number;
  down: number;
  cuts: number;
  /** APPENDUIDs that the server sent, and those that came through all the same. Counted where something is taken out. */
  appendUidsSent: number;
  appendUidsSeen: number;
}

export interface Proxy {
  readonly port: number;
  readonly stats: Readonly<ProxyStats>;
  stop(): Promise<void>;
}

/** Stands between client and server on the loopback and makes the way long, narrow or broken. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const stats: ProxyStats = { connections: 0, up: 0, down: 0, cuts: 0, appendUidsSent: 0, appendUidsSeen: 0 };
  const open = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    stats.connections++;
    // The handshake of the far side takes its round trip too: half here, half on the greeting's way back.
    setTimeout(() => join(client, options, stats, open), options.latencyMs ?? 0);
  });
  const port = await listenAnywhere(server);
  return {
    port,
    stats,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join(client: net.Socket, options: ProxyOptions, stats: ProxyStats, open: Set<net.Socket>): void {
  const server = net.connect({
    host: options.target.host ?? '127.0.0.1',
    port: options.target.port,
    allowHalfOpen: true,
  });
  for (const [socket, other] of [
    [client, server],
    [server, client],
  ] as const) {
    open.add(socket);
    socket.setNoDelay(true);
    socket.once('error', () => other.destroy());
    socket.once('close', () => open.delete(socket));
  }
  const hide = [...(options.hideCapabilities ?? []), ...(options.withoutUidPlus ? ['UIDPLUS'] : [])];
  const editor = new ResponseEditor({ hide, dropUids: options.withoutUidPlus ?? false }, stats);
  const cutter = (direction: 'up' | 'down') => {
    let passed = 0;
    return (chunk: Buffer): Buffer => {
      const { cut } = options;
      const room =
        cut?.direction === direction && stats.cuts < cut.times ? cut.afterBytes - passed : Number.POSITIVE_INFINITY;
      passed += chunk.length;
      const kept = chunk.length > room ? chunk.subarray(0, Math.max(0, room)) : chunk;
      stats[direction] += kept.length;
      if (chunk.length > room) {
        stats.cuts++;
        reset();
      }
      return kept;
    };
  };
  // What was on its way is delivered first, as far as the line is not reset under it.
  const reset = () => {
    client.pause();
    server.pause();
    setTimeout(
      () => {
        client.resetAndDestroy();
        server.resetAndDestroy();
      },
      (options.latencyMs ?? 0) + 5,
    );
  };
  const pace = { latencyMs: options.latencyMs ?? 0, bytesPerSecond: options.bytesPerSecond ?? 0 };
  const [cutUp, cutDown] = [cutter('up'), cutter('down')];
  delayed(client, server, pace, cutUp);
  // An editor holds a line until it is whole, so it stands in the way only where it is needed.
  const edit = hide.length > 0 ? (chunk: Buffer) => editor.edit(chunk) : (chunk: Buffer) => chunk;
  delayed(server, client, pace, (chunk) => cutDown(edit(chunk)));
}

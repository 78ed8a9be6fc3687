import net from 'node:net';
import { delayed, Gate } from './delayed-pipe.js';
import { listenAnywhere } from './ports.js';
import { ResponseEditor } from './response-editor.js';

/** From client to server, and back. */
type Direction = 'up' | 'down';

export interface ProxyOptions {
  readonly target: { readonly host?: string; readonly port: number };
  /** One way, milliseconds: a round trip takes twice that, and so does connecting. */
  readonly latencyMs?: number;
  /** Each way and connection; absent: no limit. */
  readonly bytesPerSecond?: number;
  /**
   * Resets a connection when so many bytes have passed in that direction, over all connections since the last cut: the
   * byte after is never delivered. However they share the work, it is cut each time where the work is more than that.
   */
  readonly cut?: { readonly direction: Direction; readonly afterBytes: number; readonly times: number };
  /** Takes APPENDUID, COPYUID and these capabilities out of what the server says. Plaintext only. */
  readonly withoutUidPlus?: boolean;
  readonly hideCapabilities?: readonly string[];
}

interface ProxyStats {
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
  /** Nothing passes any more, either way, until it is released: what must happen in the middle can be waited for. */
  hold(): void;
  release(): void;
  stop(): Promise<void>;
}

/** Stands between client and server on the loopback and makes the way long, narrow or broken. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const stats: ProxyStats = { connections: 0, up: 0, down: 0, cuts: 0, appendUidsSent: 0, appendUidsSeen: 0 };
  const open = new Set<net.Socket>();
  const gate = new Gate();
  const roomFor = breaker(options.cut, stats);
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    stats.connections++;
    // The handshake of the far side takes its round trip too: half here, half on the greeting's way back.
    setTimeout(() => join(client, { options, stats, open, gate, roomFor }), options.latencyMs ?? 0);
  });
  const port = await listenAnywhere(server);
  return {
    port,
    stats,
    hold: () => gate.close(),
    release: () => gate.open(),
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** State that all connections of a proxy share. */
interface Shared {
  readonly options: ProxyOptions;
  readonly stats: ProxyStats;
  readonly open: Set<net.Socket>;
  readonly gate: Gate;
  readonly roomFor: ReturnType<typeof breaker>;
}

/** @returns how many of the next bytes may still pass: fewer than there are where the line is to be cut */
function breaker(cut: ProxyOptions['cut'], stats: ProxyStats): (direction: Direction, bytes: number) => number {
  let passed = 0;
  return (direction, bytes) => {
    if (cut?.direction !== direction || stats.cuts >= cut.times) return bytes;
    const room = Math.max(0, cut.afterBytes - passed);
    passed += bytes;
    if (bytes <= room) return bytes;
    stats.cuts++;
    passed = 0;
    return room;
  };
}

function join(client: net.Socket, { options, stats, open, gate, roomFor }: Shared): void {
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
  const counted = (direction: Direction) => {
    let isCut = false;
    return (chunk: Buffer): Buffer => {
      const kept = chunk.subarray(0, isCut ? 0 : roomFor(direction, chunk.length));
      stats[direction] += kept.length;
      if (kept.length < chunk.length && !isCut) {
        isCut = true;
        reset();
      }
      return kept;
    };
  };
  // Bytes that were on their way are delivered first, as far as the line is not reset under it.
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
  const [countUp, countDown] = [counted('up'), counted('down')];
  delayed(client, server, pace, gate, countUp);
  // An editor holds a line until it is whole, so it stands in the way only where it is needed.
  const edit = hide.length > 0 ? (chunk: Buffer) => editor.edit(chunk) : (chunk: Buffer) => chunk;
  delayed(server, client, pace, gate, (chunk) => countDown(edit(chunk)));
}

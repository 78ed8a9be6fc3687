import { startProxy } from './lab/proxy.js';
import type { BenchServers } from './servers.js';

/** The way between a tool and both servers. */
export interface LineKind {
  /** Milliseconds there and back; 0: straight to the server. */
  readonly rtt: number;
  readonly security: 'plaintext' | 'tls';
  /** Each way and connection; absent: no limit. */
  readonly bytesPerSecond?: number;
}

export interface Line extends LineKind {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly certificateFile: string;
  stop(): Promise<void>;
}

export async function openLine(servers: BenchServers, kind: LineKind): Promise<Line> {
  const { certificateFile } = servers;
  const [source, destination] = [servers.source, servers.destination].map((side) =>
    kind.security === 'tls' ? side.tlsPort : side.port,
  ) as [number, number];
  const { bytesPerSecond } = kind;
  if (kind.rtt === 0 && bytesPerSecond === undefined)
    return { ...kind, sourcePort: source, destinationPort: destination, certificateFile, stop: async () => {} };
  const [near, far] = await Promise.all(
    [source, destination].map((port) =>
      startProxy({ target: { port }, latencyMs: kind.rtt / 2, ...(bytesPerSecond && { bytesPerSecond }) }),
    ),
  );
  if (near === undefined || far === undefined) throw new Error('the proxies did not start');
  return {
    ...kind,
    sourcePort: near.port,
    destinationPort: far.port,
    certificateFile,
    async stop() {
      await Promise.all([near.stop(), far.stop()]);
    },
  };
}

export function lineName({ rtt, security }: LineKind): string {
  return `RTT ${rtt} ms, ${security === 'tls' ? 'TLS' : 'plaintext'}`;
}

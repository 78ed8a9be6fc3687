import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listener on this machine that a browser comes back to. */
export interface Loopback {
  readonly port: number;
  /** Resolves with the address that the browser came back to. */
  readonly cameBack: Promise<URL>;
  close(): Promise<void>;
}

const PAGE = (text: string) =>
  `<!doctype html><meta charset="utf-8"><title>nightferry</title><p style="font:1.2em sans-serif;margin:3em">${text}</p>\n`;

/**
 * Listens on 127.0.0.1 (RFC 8252 section 7.3), at a port that the system chooses.
 *
 * @param isOurs  whether an address answers our request; others are turned away, and the listener goes on
 */
export async function openLoopback(isOurs: (address: URL) => boolean): Promise<Loopback> {
  let arrived: (address: URL) => void = () => undefined;
  const cameBack = new Promise<URL>((resolve) => {
    arrived = resolve;
  });
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const target = `http://127.0.0.1:${port}${request.url ?? '/'}`;
    const address = request.method === 'GET' && URL.canParse(target) ? new URL(target) : null;
    const ours = address !== null && isOurs(address);
    response.writeHead(ours ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    response.end(PAGE(ours ? 'This window can be closed: the terminal says how it went.' : 'There is nothing here.'));
    if (ours) response.on('finish', () => arrived(address));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    cameBack,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

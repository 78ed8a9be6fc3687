import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { PASSWORD } from '../dovecot-conf.js';

/** Answers Cyrus SASL's saslauthd protocol on a socket: any user with PASSWORD may come in. */
export async function startPasswordDaemon(path: string): Promise<{ stop(): Promise<void> }> {
  const server = createServer(answer);
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, 0o777);
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** A request is four strings, each with its length before it: user, password, service, realm. */
function answer(socket: Socket): void {
  let heard = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]);
    const strings: string[] = [];
    for (let at = 0; strings.length < 4; ) {
      if (at + 2 > heard.length) return;
      const end = at + 2 + heard.readUInt16BE(at);
      if (end > heard.length) return;
      strings.push(heard.toString('utf8', at + 2, end));
      at = end;
    }
    const verdict = Buffer.from(strings[1] === PASSWORD ? 'OK' : 'NO');
    socket.end(Buffer.concat([Buffer.from([0, verdict.length]), verdict]));
  });
}

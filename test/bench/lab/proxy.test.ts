import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listenAnywhere } from '../../../bench/lab/ports.js';
import { ResponseEditor } from '../../../bench/lab/response-editor.js';
import { type ProxyOptions, startProxy } from '../../support/proxy.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An echo behind a proxy. `received` is what came to the echo. */
async function anEcho(options: Omit<ProxyOptions, 'target'>) {
  let received = 0;
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received += chunk.length;
      socket.write(chunk);
    });
  });
  const proxy = await startProxy({ ...options, target: { port: await listenAnywhere(server) } });
  const client = net.connect(proxy.port, '127.0.0.1');
  closing.push(
    () => client.destroy(),
    () => proxy.stop(),
    () => server.close(),
  );
  return { proxy, client, received: () => received };
}

function readUntil(client: net.Socket, bytes: number): Promise<number> {
  return new Promise((resolve) => {
    let seen = 0;
    client.on('error', () => resolve(seen));
    client.on('close', () => resolve(seen));
    client.on('data', (chunk) => {
      seen += chunk.length;
      if (seen >= bytes) resolve(seen);
    });
  });
}

describe('a long way', () => {
  it('takes its round trip once for many bytes in flight, not once for each', async () => {
    const { client, received } = await anEcho({ latencyMs: 40 });
    let thereAtTheFirstEcho = 0;
    client.once('data', () => {
      thereAtTheFirstEcho = received();
    });
    const all = readUntil(client, 5000);
    const began = performance.now();
    for (let sent = 0; sent < 50; sent++) client.write(Buffer.alloc(100));
    expect(await all).toBe(5000);
    expect(performance.now() - began).toBeGreaterThan(75);
    expect(thereAtTheFirstEcho).toBe(5000);
  });

  it('lets through no more than its bandwidth', async () => {
    const { client } = await anEcho({ bytesPerSecond: 1_000_000 });
    const all = readUntil(client, 200_000);
    const began = performance.now();
    client.write(Buffer.alloc(200_000));
    expect(await all).toBe(200_000);
    expect(performance.now() - began).toBeGreaterThan(190);
  });
});

describe('a line that breaks', () => {
  it('delivers up to the byte and nothing after it, on the way up', async () => {
    const { client, received, proxy } = await anEcho({ cut: { direction: 'up', afterBytes: 1000, times: 1 } });
    const end = readUntil(client, 5000);
    client.write(Buffer.alloc(5000));
    await end;
    await expect.poll(received).toBe(1000);
    expect(proxy.stats.cuts).toBe(1);
  });

  it('delivers up to the byte and nothing after it, on the way down', async () => {
    const { client, proxy } = await anEcho({ cut: { direction: 'down', afterBytes: 700, times: 1 } });
    client.write(Buffer.alloc(5000));
    expect(await readUntil(client, 5000)).toBe(700);
    expect(proxy.stats).toMatchObject({ down: 700, cuts: 1 });
  });

  it('counts over all connections, so that it breaks however they share the work', async () => {
    const { client, proxy, received } = await anEcho({ cut: { direction: 'up', afterBytes: 1000, times: 2 } });
    for (const sent of [600, 400]) {
      client.write(Buffer.alloc(sent));
      await expect.poll(received).toBe(sent === 600 ? 600 : 1000);
    }
    expect(proxy.stats.cuts).toBe(0);
    const second = net.connect(proxy.port, '127.0.0.1');
    closing.push(() => second.destroy());
    const end = readUntil(second, 5000);
    second.write('x');
    await end;
    expect([proxy.stats.cuts, received()]).toEqual([1, 1000]);
    const firstEnds = readUntil(client, 5000);
    client.write(Buffer.alloc(1001));
    await firstEnds;
    // Both ends see the reset at once; which one is heard first is chance.
    await expect.poll(received).toBe(2000);
    expect(proxy.stats.cuts).toBe(2);
  });

  it('holds for the next connection once its cuts are used up', async () => {
    const { client, proxy } = await anEcho({ cut: { direction: 'up', afterBytes: 0, times: 1 } });
    const first = readUntil(client, 10);
    client.write('0123456789');
    expect(await first).toBe(0);
    const second = net.connect(proxy.port, '127.0.0.1');
    closing.push(() => second.destroy());
    second.write('0123456789');
    expect(await readUntil(second, 10)).toBe(10);
  });
});

describe('a line that is held', () => {
  it('lets nothing pass, and everything when it is released', async () => {
    const { client, received, proxy } = await anEcho({});
    proxy.hold();
    const back = readUntil(client, 10);
    client.write('0123456789');
    await expect.poll(() => proxy.stats.up).toBe(10);
    expect(received()).toBe(0);
    proxy.release();
    expect(await back).toBe(10);
  });
});

describe('a server without UIDPLUS', () => {
  const stream =
    '* OK [CAPABILITY IMAP4rev1 UIDPLUS LITERAL+] ready\r\n* CAPABILITY IMAP4rev1 UIDPLUS UIDPLUSX LITERAL+\r\n' +
    '* 1 FETCH (BODY[] {36}\r\na9 OK [APPENDUID 1 2] about itself\r\n\r\n)\r\n' +
    'a1 OK [APPENDUID 7 101:103] Append completed.\r\na2 OK [COPYUID 7 1 2] Done.\r\na3 NO [OVERQUOTA] Full\r\n';

  it.each([1, 3, 7, 1000])('is made of any, in pieces of %i bytes, and no message is touched', (size) => {
    const counts = { appendUidsSent: 0, appendUidsSeen: 0 };
    const editor = new ResponseEditor({ hide: ['UIDPLUS'], dropUids: true }, counts);
    let out = '';
    for (let at = 0; at < stream.length; at += size)
      out += editor.edit(Buffer.from(stream.slice(at, at + size))).toString();
    expect(out).toBe(
      stream.replaceAll(' UIDPLUS ', ' ').replace('[APPENDUID 7 101:103] ', '').replace('[COPYUID 7 1 2] ', ''),
    );
    expect(out).toContain('about itself');
    expect(counts).toEqual({ appendUidsSent: 1, appendUidsSeen: 0 });
  });

  it('counts what comes through where it takes nothing out', () => {
    const counts = { appendUidsSent: 0, appendUidsSeen: 0 };
    new ResponseEditor({ hide: [], dropUids: false }, counts).edit(Buffer.from(stream));
    expect(counts).toEqual({ appendUidsSent: 1, appendUidsSeen: 1 });
  });
});

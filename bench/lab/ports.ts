import net from 'node:net';

/** So many free ports of the loopback, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => net.createServer());
  const ports = await Promise.all(servers.map(listenAnywhere));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Binds a server to a free port of the loopback. */
export function listenAnywhere(server: net.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port));
  });
}

/** Waits until something accepts connections there. @returns false  when `stillHoping` says that nothing will */
export async function awaitPort(port: number, stillHoping: () => boolean): Promise<boolean> {
  while (stillHoping()) {
    if (await accepts(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

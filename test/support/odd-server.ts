import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { memoryLine } from '../../demo/server/wire/memory-line.js';
import { systemClock } from '../../src/words/clock.js';
import { OddLine, type OddTime } from './odd/connection.js';
import type { OddState } from './odd/context.js';
import { box } from './odd/mail.js';
import type { OddSpec } from './odd/spec.js';

export type { OddContext } from './odd/context.js';
export * from './odd/mail.js';
export type { RowChange } from './odd/rows.js';
export * from './odd/spec.js';

/** A running server. Its state has its folders, and everything that it was sent. */
export interface OddServer extends OddState {
  /** On 127.0.0.1. */
  readonly port: number;
  /** A connection without a socket. */
  connect(): Duplex;
  stop(): Promise<void>;
}

const REAL_TIME: OddTime = { sleep: (ms) => systemClock.sleep(ms), moved: () => {} };

/**
 * Starts a server that is as odd as a test says. It is on the loopback interface only, and in memory only. Each
 * command may have an answer of its own; an answer of undefined is the ordinary one.
 *
 * @example
 * const server = await serve({
 *   caps: 'UIDPLUS',
 *   folders: { INBOX: box(mail(1), mail(2)) },
 *   on: {
 *     // The second message has no size.
 *     'UID FETCH': (context) => context.rows(({ uid }) => (uid === 2 ? { size: 'NIL' } : undefined)),
 *     // Every other folder is refused, and then the connection drops.
 *     STATUS: ({ targetName }) => (targetName === 'INBOX' ? undefined : ['%T NO not today', DROP]),
 *     // The ordinary answer, with a line less.
 *     EXAMINE: (context) => context.normal().filter((item) => !/EXISTS/.test(String(item))),
 *   },
 * });
 *
 * To move mail from one to another see `moveBetween` in odd-move.ts.
 */
export async function serve(spec: OddSpec, time: OddTime = REAL_TIME): Promise<OddServer> {
  const state: OddState = {
    spec,
    folders: spec.folders ?? { INBOX: box() },
    log: [],
    users: [],
    passwords: [],
    clear: [],
    connections: 0,
    appended: 0,
    opened: 0,
  };
  const lines = new Set<OddLine>();
  const admit = (stream: Duplex): void => {
    const line = new OddLine(stream, state, time);
    lines.add(line);
    stream.once('close', () => lines.delete(line));
  };
  const door = createServer({ noDelay: true }, admit);
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const { port } = door.address() as AddressInfo;
  return Object.assign(state, {
    port,
    connect: () => {
      const { client, server } = memoryLine();
      admit(server);
      return client;
    },
    stop: async () => {
      for (const line of lines) line.destroy();
      await new Promise((resolve) => door.close(resolve));
    },
  });
}

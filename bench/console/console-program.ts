import type { ReadStream } from 'node:tty';
import { connectEngine } from '../../src/protocol/client.js';
import { openBatchConsole } from '../../src/ui/consoles.js';
import { realTerminal } from '../../src/ui/terminal/console-io.js';
import { systemClock } from '../../src/words/clock.js';

// Started by the bench under a pty: the console as it is, on the engine behind the socket.
const [, , path = ''] = process.argv;
const io = realTerminal(process.stdin as ReadStream, process.stdout, systemClock);
if (!io) throw new Error('this runs under a pty');
const client = await connectEngine(path, { clock: systemClock, program: 'bench' });
process.exit(
  await openBatchConsole({
    io,
    client,
    clock: systemClock,
    mode: {
      kind: 'console',
      charset: 'unicode',
      theme: 'dark',
      mouse: 'on',
      signs: { title: 'shown', bell: 'silent' },
    },
    access: 'full',
    services: {
      operator: 'bench',
      typed: 'bench',
      planPath: null,
      planAgain: async () => ({ ok: false, why: 'a bench' }),
      wholePath: (typed) => typed,
      save: async () => ({ ok: false, why: 'a bench' }),
      afterTheEnd: async () => ({ ok: false, why: 'it has ended' }),
      rejoin: async () => null,
      restart: async () => ({ ok: false, why: 'a bench' }),
    },
    farewell: () => '',
  }),
);

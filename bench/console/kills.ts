import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareAccounts, comparisonText, isFaithful } from '../lab/compare.js';
import { PASSWORD } from '../lab/dovecot.js';
import { fill } from '../lab/fill.js';
import { type Line, openLine } from '../line.js';
import { type BenchServers, startServers } from '../servers.js';
import { sleep } from './console-on-pty.js';
import { type Figure, median } from './figure.js';
import { Nightferry, opened, processorTime } from './nightferry.js';
import type { Size } from './screen.js';

const SIZE: Size = { columns: 120, rows: 40 };
const KILLS = 20;
const MAILBOX = /-from\d/;
/** A console that is opened anew is looked at for so long before it is killed. */
const LOOKED_AT_MS = 500;

export interface KillRun {
  readonly rounds: number;
  readonly mailboxes: number;
  /** Milliseconds. */
  readonly rtt: number;
  /** Kilobytes a second of each connection; 0: no limit, and then console, engine and servers share the processors. */
  readonly line: number;
}

/** One run of the batch, from the moment that its first console is gone. */
interface Ran {
  /** Messages a second. */
  readonly rate: number;
  /** Seconds of processor time that the engine took in all; null where the system does not tell. */
  readonly processor: number | null;
  /** Mailboxes that did not arrive as they were, and how. */
  readonly differs: readonly string[];
}

/** Its engine goes on until it is told to stop. */
let atWork: Nightferry | null = null;

/**
 * The same batch without a console, and with one that is killed (SIGKILL) and opened again twenty times: in
 * turn, so that what else the machine does meets both.
 *
 * @throws Error  when a run was over before its consoles were killed
 */
export async function killFigures({ rounds, mailboxes, rtt, line: narrow }: KillRun): Promise<Figure[]> {
  const servers = await startServers('optimized');
  // The exit takes a console under way along; an engine outlives it.
  const interrupted = () =>
    void Promise.resolve(atWork?.stop())
      .then(() => servers.stop())
      .finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    const users = Array.from({ length: mailboxes }, (_, n) => `from${n}`);
    const filled = await Promise.all(
      users.map((user) => fill({ port: servers.source.port, user, password: PASSWORD }, 'small')),
    );
    const messages = filled.reduce((sum, one) => sum + one.messages, 0);
    console.log(
      `${servers.are}; ${messages} messages in ${mailboxes} mailboxes; RTT ${rtt} ms, ${narrow === 0 ? 'lines as wide as they go' : `${narrow} kB/s a connection`}`,
    );
    const line = await openLine(servers, {
      rtt,
      security: 'tls',
      ...(narrow > 0 && { bytesPerSecond: narrow * 1000 }),
    });
    const alone: Ran[] = [];
    const killed: Ran[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [runs, kills] of [
        [alone, 0],
        [killed, KILLS],
      ] as const) {
        const ran = await run({ servers, line, users, messages, kills, name: `r${round}k${kills}` });
        console.log(
          `${kills} kills: ${ran.rate.toFixed(0)} messages/s, engine ${ran.processor?.toFixed(2) ?? '-'} s of processor, ` +
            (ran.differs.length === 0 ? 'whole' : ran.differs.join('; ')),
        );
        runs.push(ran);
      }
    }
    await line.stop();
    const rate = (runs: readonly Ran[]) => median(runs.map((one) => one.rate));
    const processor = (runs: readonly Ran[]) => median(runs.map((one) => one.processor ?? 0));
    return [
      { what: `rate lost to ${KILLS} kills`, value: 100 * (1 - rate(killed) / rate(alone)), under: 5, unit: '%' },
      {
        what: `processor time that they cost the engine`,
        value: 100 * (processor(killed) / processor(alone) - 1),
        under: 5,
        unit: '%',
      },
      {
        what: 'mailboxes that did not arrive whole',
        value: [...alone, ...killed].reduce((sum, { differs }) => sum + differs.length, 0),
        under: 1,
        unit: '',
      },
    ];
  } finally {
    await servers.stop();
  }
}

interface Task {
  readonly servers: BenchServers;
  readonly line: Line;
  readonly users: readonly string[];
  readonly messages: number;
  readonly kills: number;
  readonly name: string;
}

async function run({ servers, line, users, messages, kills, name }: Task): Promise<Ran> {
  const dir = await mkdtemp(join(servers.dir, 'kills-'));
  const night = new Nightferry(dir, name);
  atWork = night;
  try {
    const rows = users.map((user) => `${name}-${user},${user},${PASSWORD},${PASSWORD}\n`);
    const plan = join(dir, 'plan.csv');
    await writeFile(plan, `EmailAddress,UserName,Password,DestinationPassword\n${rows.join('')}`);
    const through = {
      ...servers,
      source: { ...servers.source, tlsPort: line.sourcePort },
      destination: { ...servers.destination, tlsPort: line.destinationPort },
    };
    const first = night.runs(plan, through, SIZE, '--stagger', '0');
    await opened(first, MAILBOX);
    const engine = await night.engine();
    if (engine === null) throw new Error('the run was over before it was looked at');
    const before = (await night.status()).batch.counts.copied;
    await first.kill();
    const began = performance.now();
    const pace = watchProcessor(engine);
    for (let n = 0; n < kills; n++) {
      const console = night.attaches(SIZE);
      await opened(console, MAILBOX);
      await sleep(LOOKED_AT_MS);
      await console.kill();
      if (pace.over()) throw new Error(`the run was over at console ${n + 1} of ${kills}: it takes more --mailboxes`);
    }
    const seconds = await pace.ended.then((at) => (at - began) / 1000);
    const differs = await differences(servers, users, name);
    return { rate: (messages - before) / seconds, processor: pace.last(), differs };
  } finally {
    await night.stop();
    atWork = null;
    await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Looks at a process until it is gone. */
function watchProcessor(pid: number) {
  let last: number | null = null;
  let over = false;
  const watch = async (): Promise<number> => {
    for (;;) {
      const now = await processorTime(pid);
      if (now === null) {
        over = true;
        return performance.now();
      }
      last = now;
      await sleep(20);
    }
  };
  return { ended: watch(), over: () => over, last: () => last };
}

/** Straight on the servers, message by message. */
async function differences(servers: BenchServers, users: readonly string[], name: string): Promise<string[]> {
  const found: string[] = [];
  for (const user of users) {
    const compared = await compareAccounts(
      { port: servers.source.port, user, password: PASSWORD },
      { port: servers.destination.port, user: `${name}-${user}`, password: PASSWORD },
    );
    if (!isFaithful(compared)) found.push(`${user}: ${comparisonText(compared)}`);
  }
  return found;
}

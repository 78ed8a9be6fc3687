import { mkdtemp, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Contender } from './contender.js';
import { contenders, YARDSTICK } from './contenders.js';
import { compareAccounts, comparisonText, isFaithful } from './lab/compare.js';
import { PASSWORD } from './lab/dovecot.js';
import { fill } from './lab/fill.js';
import { type Line, lineName, openLine } from './line.js';
import { measure } from './measure.js';
import { type BenchOptions, readOptions, USAGE } from './options.js';
import { median, type Result, resultTable } from './result.js';
import { type BenchServers, startServers } from './servers.js';

/** An account that is filled once and copied by everyone. */
interface Filled {
  readonly user: string;
  readonly messages: number;
  readonly bytes: number;
}

/** @returns the exit code: 1 where our own tool failed, or did not copy all as it was */
async function bench(options: BenchOptions): Promise<number> {
  const servers = await startServers(options.fsync);
  // The exit takes the tool under way along.
  const interrupted = () => void servers.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    const all = contenders(servers).filter(
      ({ name }) => options.tools.length === 0 || options.tools.some((tool) => name.includes(tool)),
    );
    const present = all.filter(({ missing }) => missing === null);
    print(`${servers.are}; ${cpus().length} processors; Node ${process.versions.node}; ${options.profile} mail`);
    for (const { name, missing } of all) if (missing !== null) print(`without ${name}: ${missing}`);
    const many = await filled(servers, 'all', options, options.messages);
    const few = await filled(servers, 'few', options, options.few);
    let failed = 0;
    for (const kind of options.lines) {
      const line = await openLine(servers, kind);
      const results: Result[] = [];
      for (const contender of present) {
        const account = kind.rtt > 0 && contender.overDistance === 'few' ? few : many;
        const runs: Result[] = [];
        for (let run = 0; run < options.runs; run++) runs.push(await copy(servers, line, contender, account, options));
        results.push(...[median(runs)].filter((result) => result !== undefined));
        failed +=
          contender === present[0]
            ? runs.filter(({ usage, differs }) => usage.failure !== null || differs !== null).length
            : 0;
      }
      await line.stop();
      print(`\n${lineName(kind)}\n${resultTable(results, YARDSTICK)}`);
    }
    return failed > 0 ? 1 : 0;
  } finally {
    await servers.stop();
  }
}

async function filled(servers: BenchServers, user: string, options: BenchOptions, limit: number): Promise<Filled> {
  const target = { port: servers.source.port, user, password: PASSWORD };
  return { user, ...(await fill(target, options.profile, { limit })) };
}

let count = 0;

/** One timed copy into a fresh account, then both sides compared straight on the servers. */
async function copy(
  servers: BenchServers,
  line: Line,
  contender: Contender,
  account: Filled,
  options: BenchOptions,
): Promise<Result> {
  const destinationUser = `copy${++count}`;
  const state = await mkdtemp(join(servers.dir, 'run-'));
  try {
    const command = await contender.command({
      servers,
      line,
      sourceUser: account.user,
      destinationUser,
      password: PASSWORD,
      state,
    });
    const usage = await measure(command, state, options.limitSeconds * 1000);
    const compared = await compareAccounts(
      { port: servers.source.port, user: account.user, password: PASSWORD },
      { port: servers.destination.port, user: destinationUser, password: PASSWORD },
    );
    const differs = isFaithful(compared) ? null : comparisonText(compared);
    return { tool: contender.name, messages: account.messages, bytes: account.bytes, usage, differs };
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (process.argv.includes('--help')) print(USAGE);
else {
  try {
    process.exitCode = await bench(readOptions(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}

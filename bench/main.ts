import { cpus } from 'node:os';
import { benchAgainst } from './against.js';
import { contenders, YARDSTICK } from './contenders.js';
import { lineName, openLine } from './line.js';
import { type BenchOptions, readOptions, USAGE } from './options.js';
import { median, type Result, resultTable } from './result.js';
import { startServers } from './servers.js';
import { filled, timedFreshCopy } from './timed-copy.js';

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
    const many = await filled(servers, 'all', options.profile, options.messages);
    const few = await filled(servers, 'few', options.profile, options.few);
    let failed = 0;
    for (const kind of options.lines) {
      const line = await openLine(servers, kind);
      const results: Result[] = [];
      for (const contender of present) {
        const account = kind.rtt > 0 && contender.overDistance === 'few' ? few : many;
        const runs: Result[] = [];
        for (let run = 0; run < options.runs; run++)
          runs.push(await timedFreshCopy(servers, line, contender, account, options.limitSeconds));
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

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (process.argv.includes('--help')) print(USAGE);
else {
  try {
    const options = readOptions(process.argv.slice(2));
    process.exitCode = await (options.against === null ? bench(options) : benchAgainst(options, options.against));
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}

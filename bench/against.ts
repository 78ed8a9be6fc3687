import { rm } from 'node:fs/promises';
import { CASES } from './against-cases.js';
import type { Contender } from './contender.js';
import { nightferry, ours } from './contender-node.js';
import { lineName, openLine } from './line.js';
import type { BenchOptions } from './options.js';
import { buildPast } from './past.js';
import { type Pair, ratioTable } from './ratio.js';
import type { Result } from './result.js';
import { type BenchServers, startServers } from './servers.js';
import { type Filled, filled, freshPlace, timedCopy, timedFreshCopy } from './timed-copy.js';

/**
 * Times the present tree beside a commit, turn by turn, so that what else the machine does weighs on both.
 *
 * @returns the exit code: 1 where a run failed or did not copy all as it was
 */
export async function benchAgainst(options: BenchOptions, commit: string): Promise<number> {
  const past = await buildPast(commit);
  const servers = await startServers(options.fsync);
  // The exit takes the tool under way along.
  const interrupted = () => void Promise.all([servers.stop(), past.remove()]).finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    const before = nightferry(past.commit, past.cli);
    const accounts = new Map<string, Filled>();
    let failed = 0;
    for (const kind of options.lines) {
      const line = await openLine(servers, kind);
      const pairs: Pair[] = [];
      for (const name of options.cases) {
        const { profile, messages, run } = CASES[name];
        const user = `${profile}${messages}`;
        const account = accounts.get(user) ?? (await filled(servers, user, profile, messages));
        accounts.set(user, account);
        const timed = (contender: Contender) =>
          run === 'fresh'
            ? timedFreshCopy(servers, line, contender, account, options.limitSeconds)
            : timedAgain(servers, contender, account, (...rest) => timedCopy(servers, line, ...rest), options);
        const results = await turnByTurn([before, ours], options.runs, timed);
        failed += results.flat().filter(({ usage, differs }) => usage.failure !== null || differs !== null).length;
        pairs.push({ name, before: results[0]!, now: results[1]! });
      }
      await line.stop();
      process.stdout.write(`\n${lineName(kind)}, ${past.commit} and now\n${ratioTable(pairs)}\n`);
    }
    return failed > 0 ? 1 : 0;
  } finally {
    await servers.stop();
    await past.remove();
  }
}

/** Whoever goes first changes with each turn. */
async function turnByTurn(
  contenders: readonly [Contender, Contender],
  runs: number,
  timed: (contender: Contender) => Promise<Result>,
): Promise<readonly [Result[], Result[]]> {
  const results: readonly [Result[], Result[]] = [[], []];
  for (let turn = 0; turn < runs; turn++)
    for (const at of turn % 2 === 0 ? [0, 1] : [1, 0]) results[at]!.push(await timed(contenders[at]!));
  return results;
}

type Timed = (
  contender: Contender,
  account: Filled,
  place: Awaited<ReturnType<typeof freshPlace>>,
  limitSeconds: number,
) => Promise<Result>;

/** The second of two runs in the same place. */
async function timedAgain(
  servers: BenchServers,
  contender: Contender,
  account: Filled,
  timed: Timed,
  { limitSeconds }: BenchOptions,
): Promise<Result> {
  const place = await freshPlace(servers);
  try {
    const first = await timed(contender, account, place, limitSeconds);
    return first.usage.failure === null ? await timed(contender, account, place, limitSeconds) : first;
  } finally {
    await rm(place.state, { recursive: true, force: true });
  }
}

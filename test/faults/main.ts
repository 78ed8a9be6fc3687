import { writeFileSync } from 'node:fs';
import { type FamilyServer, familyAvailable, startFamily } from '../../bench/lab/families/family.js';
import { type FaultOptions, readOptions, USAGE } from './options.js';
import { SmallDisk, WallClock } from './places.js';
import { planRound } from './plan.js';
import { jsonReport, roundLine, table } from './report.js';
import { type Outcome, playRound } from './round.js';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(options: FaultOptions): Promise<number> {
  const missing = (['dovecot', options.target] as const).map(familyAvailable).find(({ ok }) => !ok);
  if (missing && !missing.ok) {
    say(`skipped: faults at ${options.target}: ${missing.why}`);
    if (options.report !== null) writeFileSync(options.report, jsonReport(options, []));
    return 0;
  }
  if (!WallClock.available)
    say('left out: jumps of the clock: libfaketime is not installed (apt-get install faketime)');
  if (!SmallDisk.available) say('left out: full disks: no file system can be mounted here');
  const source = await startFamily('dovecot');
  const destination = await startFamily(options.target);
  try {
    const outcomes = await playAll(options, [source, destination]);
    say(table(options, outcomes));
    if (options.report !== null) writeFileSync(options.report, jsonReport(options, outcomes));
    return outcomes.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
  } finally {
    await source.stop();
    await destination.stop();
  }
}

async function playAll(options: FaultOptions, servers: readonly [FamilyServer, FamilyServer]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const left = [...options.rounds];
  const worker = async () => {
    for (let round = left.shift(); round !== undefined; round = left.shift()) {
      const outcome = await playRound(planRound(options.seed, round), servers);
      say(roundLine(outcome));
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  return outcomes.sort((a, b) => a.plan.round - b.plan.round);
}

// The exit takes along what was started and mounted, of each round.
process.setMaxListeners(0);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

try {
  // After hundreds of rounds something still held the event loop when all was said, at full speed.
  process.exit(await main(readOptions(process.argv.slice(2))));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 2;
}

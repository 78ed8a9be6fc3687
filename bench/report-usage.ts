import { writeFileSync } from 'node:fs';

/** Preloaded into a Node program that is timed where there is no `time`: says at its end what it used, as `time` would. */
process.once('exit', () => {
  const file = process.env.BENCH_USAGE_FILE;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  if (file !== undefined) writeFileSync(file, `${userCPUTime / 1e6} ${systemCPUTime / 1e6} ${maxRSS}\n`);
});

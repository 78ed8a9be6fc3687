import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from './contender.js';
import { findProgram } from './lab/programs.js';

/** Time and memory of a run. Null where this machine cannot tell. */
export interface Usage {
  readonly seconds: number;
  /** User and system time, seconds, children included. */
  readonly cpuSeconds: number | null;
  /** Bytes. */
  readonly peakBytes: number | null;
  /** Null for a good end, else its last words. */
  readonly failure: string | null;
}

const REPORTER = new URL('./report-usage.js', import.meta.url).href;

/** Runs a program to its end, or kills it (and only it) at the limit. `folder` takes its log. */
export async function measure(command: Command, folder: string, limitMs: number): Promise<Usage> {
  const report = join(folder, 'usage.txt');
  await rm(report, { force: true });
  const { program, args, env } = withReport(command, report);
  const began = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: true,
  });
  let said = '';
  const listen = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000));
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  // The whole group: under `time` the tool is a child of the child. It may have ended by itself meanwhile.
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {}
  };
  process.once('exit', kill);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    kill();
  }, limitMs);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said += error.message;
      resolve(-1);
    });
    child.once('close', resolve);
  });
  clearTimeout(limit);
  process.off('exit', kill);
  const seconds = (performance.now() - began) / 1000;
  await writeFile(join(folder, 'output.txt'), said);
  const failure = late
    ? `still running after ${limitMs / 1000} s`
    : code === 0
      ? null
      : `exit ${code}: ${lastLine(said)}`;
  return { seconds, ...(await readReport(report)), failure };
}

/** GNU time where there is one, for any program; else Node programs report on themselves. */
function withReport(command: Command, report: string): Command {
  const time = findProgram('time');
  if (time !== null)
    return { ...command, program: time, args: ['-f', '%U %S %M', '-o', report, command.program, ...command.args] };
  if (command.program !== process.execPath) return command;
  return {
    ...command,
    args: ['--import', REPORTER, ...command.args],
    env: { ...command.env, BENCH_USAGE_FILE: report },
  };
}

async function readReport(report: string): Promise<Pick<Usage, 'cpuSeconds' | 'peakBytes'>> {
  const text = await readFile(report, 'utf8').catch(() => '');
  const [user, system, kilobytes] = (text.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (user === undefined || system === undefined || kilobytes === undefined)
    return { cpuSeconds: null, peakBytes: null };
  return { cpuSeconds: user + system, peakBytes: kilobytes * 1024 };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}

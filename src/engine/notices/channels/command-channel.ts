import { spawn } from 'node:child_process';
import type { Clock } from '../../../words/clock.js';
import type { Channel, Sent } from './channel.js';

const TIME_LIMIT_MS = 30_000;

export interface CommandWorld {
  readonly clock: Clock;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a command for each notice, without a shell, with the notice as one line of JSON on its standard input. What it
 * prints is thrown away. After {@link TIME_LIMIT_MS} it is killed with all that it started.
 */
export function commandChannel([file = '', ...args]: readonly string[], world: CommandWorld): Channel {
  return {
    name: '--notify-command',
    async send(notice, signal) {
      try {
        return await run(file, args, `${JSON.stringify(notice)}\n`, signal, world);
      } catch (error) {
        // Node throws what it cannot even try, and has no pipes where too many files are open.
        return { kind: 'not started', code: codeOf(error) };
      }
    },
  };
}

async function run(
  file: string,
  args: readonly string[],
  input: string,
  signal: AbortSignal,
  { clock, cwd, env }: CommandWorld,
): Promise<Sent> {
  // A group of its own: Ctrl-C is for us, and the time limit must reach what the command started, too.
  const child = spawn(file, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, shell: false, cwd, env });
  // A command need not read what it is told.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const over = new AbortController();
  const sent = await new Promise<Sent>((resolve) => {
    child.on('error', (error) => resolve({ kind: 'not started', code: codeOf(error) }));
    // Not `close`: what it left running in the background is no matter of ours.
    child.on('exit', (code, by) =>
      resolve(code === null ? { kind: 'killed', signal: by ?? 'a signal' } : { kind: 'exited', code }),
    );
    void clock.sleep(TIME_LIMIT_MS, AbortSignal.any([signal, over.signal])).then(() => {
      if (over.signal.aborted) return;
      killGroup(child.pid);
      resolve(signal.aborted ? { kind: 'cut short' } : { kind: 'too late', seconds: TIME_LIMIT_MS / 1000 });
    });
  });
  over.abort();
  return sent;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}

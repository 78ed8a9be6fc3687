import { spawn } from 'node:child_process';
import { CredentialMissing, Secret } from '../../../engine/imap/session/credentials.js';
import type { PlanRow } from '../../../store/batch/batch.js';
import { userOn } from '../../../store/batch/endpoints.js';
import type { Clock } from '../../../words/clock.js';
import type { Side } from '../../../words/side.js';
import { showDuration } from '../../../words/times.js';

/** A command that has not answered by then is waiting for somebody who sleeps. */
const COMMAND_TIME_LIMIT_MS = 30_000;
const LONGEST_OUTPUT = 64 * 1024;

/**
 * Puts a mailbox into a command's words, each inside its own argument: nothing of it is shell text.
 *
 * @throws CredentialMissing  when a mailbox's name would be read as an option
 */
export function commandFor(argv: readonly string[], side: Side, row: PlanRow): string[] {
  const user = userOn(side, row);
  return argv.map((word) => {
    const filled = word.replace(/\{(email|user)\}/g, (_, name) => (name === 'email' ? row.email : user));
    if (filled.startsWith('-') && !word.startsWith('-')) {
      throw new CredentialMissing(
        side,
        `the name of ${row.email} begins with a dash and would be an option of the ${side} command`,
      );
    }
    return filled;
  });
}

/** The surroundings of a command. */
interface CommandWorld {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a password or token command as {@link runSecretCommand} does.
 *
 * @param what  for messages, e.g. `--source-password-command for ann@example`
 * @throws CredentialMissing
 */
export async function runCredentialCommand(
  argv: readonly string[],
  side: Side,
  what: string,
  world: CommandWorld,
  taken: Taken = 'first line',
): Promise<Secret> {
  const fail = (why: string): never => {
    throw new CredentialMissing(side, `${what} ${why}`);
  };
  return await runSecretCommand(argv, world, fail, taken);
}

/** The part of a command's output that is the secret: keys have many lines. */
export type Taken = 'first line' | 'everything';

/**
 * Runs a command without a shell and takes the first line it prints, or everything. What it writes to its error output may hold
 * secrets and is thrown away.
 *
 * @param fail  is told when it fails, prints nothing, or takes longer than {@link COMMAND_TIME_LIMIT_MS}
 * @throws what `fail` throws
 */
export async function runSecretCommand(
  argv: readonly string[],
  world: CommandWorld,
  fail: (why: string) => never,
  taken: Taken = 'first line',
): Promise<Secret> {
  const [file = '', ...args] = argv;
  // A group of its own: Ctrl-C is for us, and the time limit must reach what the command started, too.
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
    shell: false,
    env: world.env,
  });
  const over = new AbortController();
  let tooLate = false;
  void world.clock.sleep(COMMAND_TIME_LIMIT_MS, over.signal).then(() => {
    if (over.signal.aborted) return;
    tooLate = true;
    killGroup(child.pid);
    child.stdout.destroy();
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    // The rest is read and thrown away, or the command would wait for us.
    if (bytes <= LONGEST_OUTPUT) chunks.push(chunk);
    bytes += chunk.length;
  });
  const end = await new Promise<{ code: number | null; signal: string | null } | Error>((resolve) => {
    child.on('error', resolve);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  over.abort();
  if (tooLate) return fail(`gave no answer in ${showDuration(COMMAND_TIME_LIMIT_MS)}`);
  if (end instanceof Error)
    return fail(`cannot be started (${(end as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  if (end.code !== 0) return fail(`ended with ${end.signal ?? `exit code ${end.code}`}; run it by hand to see why`);
  const text = Buffer.concat(chunks).toString('utf8');
  if (taken === 'everything') {
    if (bytes > LONGEST_OUTPUT) return fail('printed more than a key has');
    return text.trim() === '' ? fail('printed nothing') : new Secret(text);
  }
  const [line = '', ...more] = text.split(/\r?\n/, 2);
  if (bytes > LONGEST_OUTPUT && more.length === 0) return fail('printed a line that is too long for a password');
  return line === '' ? fail('printed nothing on its first line') : new Secret(line);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}

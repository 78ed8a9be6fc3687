import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { LoginFacts } from './kill-user-processes.js';

/** Milliseconds to wait for logind. A machine on which it does not answer must not delay a start for long. */
const PATIENCE_MS = 2_000;

/** The main file of logind. Later folders and later names count more than it (logind.conf(5)). */
const MAIN = '/etc/systemd/logind.conf';
const DROP_INS = ['/usr/lib/systemd/logind.conf.d', '/run/systemd/logind.conf.d', '/etc/systemd/logind.conf.d'];

/** Asks the machine what becomes of processes at logout. Never fails: what cannot be found out is null. */
export async function readLoginFacts(env: Readonly<Record<string, string | undefined>>): Promise<LoginFacts> {
  const sessionId = env.XDG_SESSION_ID || null;
  const nothing = { user: '', sessionId, manager: null, config: '', self: null, scopes: 'missing' } as const;
  // The machine is asked only in a login session: without one nobody would end the engine.
  if (sessionId === null || process.platform !== 'linux') return { ...nothing, sessionId: null };
  const user = userInfo().username;
  const manager = await output('loginctl', [
    'show-session',
    ...['KillUserProcesses', 'KillOnlyUsers', 'KillExcludeUsers'].map((key) => `--property=${key}`),
  ]);
  const config = manager === null ? await readConfig() : '';
  const self = await output('loginctl', ['show-user', user, '--property=Linger']);
  const version = await output('systemd-run', ['--version']);
  return { user, sessionId, manager, config, self, scopes: version === null ? 'missing' : 'available' };
}

function output(program: string, argv: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile(program, argv, { timeout: PATIENCE_MS }, (error, stdout) => resolve(error ? null : stdout));
    child.stdin?.end();
  });
}

async function readConfig(): Promise<string> {
  const files = [MAIN];
  for (const folder of DROP_INS) {
    const names = await readdir(folder).catch(() => []);
    files.push(
      ...names
        .filter((name) => name.endsWith('.conf'))
        .sort()
        .map((name) => join(folder, name)),
    );
  }
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts.join('\n');
}

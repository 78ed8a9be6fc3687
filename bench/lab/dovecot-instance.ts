import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ACL,
  DENIED,
  dovecotConf,
  failingDomains,
  type InstanceOptions,
  type InstancePlace,
  MAIL_ID,
  MASTER,
} from './dovecot-conf.js';
import { awaitPort } from './ports.js';
import { findProgram } from './programs.js';

export interface Instance {
  readonly port: number;
  readonly tlsPort: number;
  /** Its dovecot.conf, for doveadm. */
  readonly conf: string;
  /** Its log so far. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 10_000;
const STOP_LIMIT_MS = 5000;

/** Starts one Dovecot in the foreground of a child process, so that stopping it touches no other. */
export async function startInstance(place: InstancePlace, options: InstanceOptions): Promise<Instance> {
  const { root, port, tlsPort } = place;
  const [conf, logFile] = [join(root, 'dovecot.conf'), join(root, 'dovecot.log')];
  await layOut(root, dovecotConf(place, options));
  const child = spawn(findProgram('dovecot') ?? 'dovecot', ['-F', '-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.once('error', (error) => (said += error.message));
  const orphaned = () => child.kill('SIGTERM');
  process.once('exit', orphaned);
  const stop = async () => {
    process.off('exit', orphaned);
    await end(child);
  };
  const until = Date.now() + START_LIMIT_MS;
  if (!(await awaitPort(port, () => child.exitCode === null && Date.now() < until))) {
    await stop();
    throw new Error(`Dovecot did not come up: ${said.trim() || (await readFile(logFile, 'utf8')).slice(-2000)}`);
  }
  return { port, tlsPort, conf, log: () => readFile(logFile, 'utf8'), stop };
}

async function layOut(root: string, conf: string): Promise<void> {
  for (const folder of ['run', 'mail', 'readonly']) await mkdir(join(root, folder), { recursive: true });
  await chown(join(root, 'mail'), MAIL_ID, MAIL_ID);
  await chmod(join(root, 'readonly'), 0o555);
  const files = {
    'dovecot.conf': conf,
    domains: failingDomains(root),
    masters: `${MASTER.user}:{PLAIN}${MASTER.password}\n`,
    acl: ACL,
    denied: DENIED,
    'dovecot.log': '',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text, { mode: 0o644 });
  // Mail processes log under the mail id.
  await chmod(join(root, 'dovecot.log'), 0o666);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(force);
}

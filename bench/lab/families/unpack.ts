import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../programs.js';

/** Servers whose packages exclude each other and Dovecot's: they are unpacked beside, and run in a root of their own. */
export type Unpacked = 'cyrus' | 'courier';

const PACKAGES: Readonly<Record<Unpacked, readonly string[]>> = {
  cyrus: ['cyrus-imapd'],
  courier: ['courier-imap', 'courier-authlib-userdb', 'gamin'],
};

/** Ids inside of the roots; none of them need exist outside. */
export const IDS = { mail: 5000, courier: 5001, cyrus: 5002 } as const;

// A server looks its own user up, and Courier also the user that owns the mail: without a line each APPEND takes a second.
const USERS = [
  'root:x:0:0::/root:/bin/sh',
  `vmail:x:${IDS.mail}:${IDS.mail}::/vmail:/bin/sh`,
  `courier:x:${IDS.courier}:${IDS.courier}::/:/bin/sh`,
  `cyrus:x:${IDS.cyrus}:8::/:/bin/sh`,
];
const GROUPS = ['root:x:0:', 'mail:x:8:', `vmail:x:${IDS.mail}:`, `courier:x:${IDS.courier}:`];

/** Merged, as Debian lays them out; a package that brings `lib` as a folder must not replace the link. */
const MERGED = ['bin', 'sbin', 'lib', 'lib64'];
const LEFT_OUT = ['./usr/share/doc', './usr/share/man', './usr/share/locale', './usr/share/perl', './usr/share/i18n'];

/** Where a server is, or will be, unpacked. NIGHTFERRY_SERVERS names another folder. */
export function rootOf(server: Unpacked): string {
  return join(process.env.NIGHTFERRY_SERVERS ?? join(tmpdir(), 'nightferry-servers'), server);
}

/** Whether a server is unpacked here and can be started, and if not, what is missing. */
export function unpackedAvailable(
  server: Unpacked,
): { readonly ok: true } | { readonly ok: false; readonly why: string } {
  if (process.getuid?.() !== 0) return { ok: false, why: `${server} in a root of its own needs to be started as root` };
  if (findProgram('chroot') === null) return { ok: false, why: 'chroot is not installed' };
  if (!existsSync(rootOf(server))) return { ok: false, why: `${server} is not unpacked (npm run unpack-servers)` };
  return { ok: true };
}

/**
 * Downloads a server's packages and all they depend on, and unpacks them. Nothing is installed; apt's own sources are used.
 *
 * @throws Error  where there is no apt, no root or no network
 */
export async function unpack(server: Unpacked): Promise<void> {
  const root = rootOf(server);
  if (existsSync(root)) return;
  await mkdir(join(root, '..'), { recursive: true });
  const work = await mkdtemp(`${root}-`);
  try {
    const made = join(work, 'root');
    for (const name of MERGED) {
      await mkdir(join(made, 'usr', name), { recursive: true });
      await symlink(`usr/${name}`, join(made, name));
    }
    for (const archive of download(work, PACKAGES[server])) extract(archive, made);
    await layOut(made);
    await chmod(made, 0o755);
    await rename(made, root);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** An empty list of what is installed makes apt fetch the libraries too. @returns the paths of the packages */
function download(work: string, packages: readonly string[]): string[] {
  const [archives, status] = [join(work, 'archives'), join(work, 'status')];
  execFileSync('mkdir', ['-p', join(archives, 'partial')]);
  execFileSync('touch', [status]);
  const options = ['Debug::NoLocking=1', `Dir::State::status=${status}`, `Dir::Cache::archives=${archives}`];
  execFileSync(
    'apt-get',
    ['install', '-y', '-qq', '--download-only', '--no-install-recommends']
      .concat(options.flatMap((option) => ['-o', option]))
      .concat(packages),
    { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 },
  );
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(archives, name));
}

function extract(archive: string, root: string): void {
  const tar = execFileSync('dpkg-deb', ['--fsys-tarfile', archive], { maxBuffer: 2 ** 30 });
  const out = LEFT_OUT.map((path) => `--exclude=${path}`);
  execFileSync('tar', ['-x', '--keep-directory-symlink', ...out, '-C', root], { input: tar });
}

async function layOut(root: string): Promise<void> {
  for (const folder of ['dev', 'tmp', 'run', 'vmail', 'var/run']) await mkdir(join(root, folder), { recursive: true });
  await chmod(join(root, 'tmp'), 0o1777);
  await writeFile(join(root, 'etc/passwd'), `${USERS.join('\n')}\n`);
  await writeFile(join(root, 'etc/group'), `${GROUPS.join('\n')}\n`);
  device(join(root, 'dev/null'), '3');
  device(join(root, 'dev/urandom'), '9');
  execFileSync('ldconfig', ['-r', root]);
}

/** A container may forbid devices; the servers come up with an empty file in their place. */
function device(path: string, minor: string): void {
  try {
    execFileSync('mknod', ['-m', '666', path, 'c', '1', minor], { stdio: 'ignore' });
  } catch {
    writeFileSync(path, '', { mode: 0o666 });
  }
}

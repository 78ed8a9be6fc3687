import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImapServer, startImapServer } from '../../../demo/server/index.js';
import { FINGERPRINT } from '../../support/gated-servers.js';
import { letters } from '../../support/odd-mail.js';
import { mailIn } from '../../support/same-mail.js';

/** The program as it is installed; `npm test` builds it first. */
const CLI = new URL('../../../dist/src/cli.js', import.meta.url).pathname;

/** A real file system of a few pages takes a mount, and that root. Elsewhere full-disk.test.ts alone has the cases. */
const CAN_MOUNT = canMount();
if (!CAN_MOUNT) console.warn('skipped: a small disk can be mounted by root on Linux only');

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const USERS = ['ann@x', 'bob@x'];
const FOLDERS = ['INBOX', ...Array.from({ length: 30 }, (_, n) => `Project ${n}`)];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe.runIf(CAN_MOUNT)('a state folder on a small disk', () => {
  let dir: string;
  let state: string;
  let source: ImapServer;
  let destination: ImapServer;

  beforeEach(async () => {
    expect(existsSync(CLI), 'run `npm run build` first').toBe(true);
    dir = await mkdtemp(join(tmpdir(), 'nf-small-'));
    state = join(dir, 'state');
    await mkdir(state);
    await mkdir(join(dir, 'run'), { mode: 0o700 });
    const accounts = Object.fromEntries(USERS.map((user) => [user, { password: 'x' }]));
    source = await startImapServer({ accounts });
    destination = await startImapServer({ accounts });
    for (const user of USERS) {
      for (const folder of FOLDERS) {
        if (folder !== 'INBOX') source.accounts.get(user).addFolder(folder);
        for (const letter of letters(3, `${user}${folder}`)) source.accounts.get(user).folder(folder).add(letter);
      }
    }
    await writeFile(
      join(dir, 'plan.csv'),
      `EmailAddress,UserName,Password,DestinationPassword\n${USERS.map((user) => `${user},${user},x,x\n`).join('')}`,
    );
  });
  afterEach(async () => {
    if (execFileSync('mount').includes(state)) execFileSync('umount', ['-l', state]);
    await source.stop();
    await destination.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const mount = (options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', state]);
  const remount = (options: string) => execFileSync('mount', ['-o', `remount,${options}`, state]);

  function start(argv: readonly string[]): { readonly ended: Promise<Ended>; saw(text: string): Promise<void> } {
    const child = spawn(process.execPath, [CLI, ...argv, '--state', state], {
      cwd: dir,
      env: { PATH: process.env.PATH, HOME: dir, XDG_RUNTIME_DIR: join(dir, 'run') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
    });
    const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...said })));
    const saw = (text: string) => expect.poll(() => said.out, { timeout: 20_000, interval: 10 }).toContain(text);
    return { ended, saw };
  }

  const runs = (...argv: string[]) => start(argv).ended;
  const server = (side: ImapServer) => `imaps://127.0.0.1:${side.tlsPort}`;
  const batch = () => [
    ...['run', 'plan.csv', '--name', 'school', '--plain', '--stagger', '0'],
    ...['--source', server(source), '--source-fingerprint', FINGERPRINT],
    ...['--destination', server(destination), '--destination-fingerprint', FINGERPRINT],
  ];

  function isPlain({ out, err }: Ended): void {
    expect(out + err).not.toMatch(/a bug|\n {4}at |node:internal/);
  }

  function isWhole(): void {
    for (const user of USERS) {
      const [from, to] = [source.accounts.get(user), destination.accounts.get(user)];
      for (const folder of FOLDERS) expect(mailIn(to, folder)).toEqual(mailIn(from, folder));
    }
  }

  it.each(['4k', '64k'])(
    '(%s) is told of in a line, and all is well when there is room',
    async (size) => {
      mount(`size=${size},mode=700`);
      const ended = await runs(...batch());
      isPlain(ended);
      expect([2, 3]).toContain(ended.code);
      if (ended.code === 2)
        expect(ended.err).toMatch(/^nightferry: [^\n]*the disk is full \(ENOSPC\)\. Make room there\n$/);
      else {
        expect(ended.out).toMatch(/the disk is full \(ENOSPC\)/);
        expect(ended.out).toMatch(/^TOTAL /m);
      }
      remount('size=64m');
      const again = await runs(
        ...(ended.code === 2 && !existsSync(join(state, 'school')) ? batch() : ['resume', 'school', '--plain']),
      );
      isPlain(again);
      expect(again).toMatchObject({ code: 0 });
      isWhole();
    },
    // Each attempt on the full disk waits ten seconds for what may still be stored, between rests of up to 16 s.
    180_000,
  );

  it('that is full in the middle lets the run go on by itself when there is room', async () => {
    mount('size=8m,mode=700');
    await writeFile(join(state, 'filler'), Buffer.alloc(8 * 2 ** 20 - 64 * 1024));
    const run = start(batch());
    await run.saw('the disk is full');
    await rm(join(state, 'filler'));
    const ended = await run.ended;
    isPlain(ended);
    expect(ended.code).toBe(0);
    isWhole();
  }, 90_000);

  it('that is read-only refuses a new batch in a line, and shows those that are there', async () => {
    mount('size=64m,mode=700');
    expect(await runs(...batch())).toMatchObject({ code: 0 });
    remount('ro');
    for (const argv of [batch().with(3, 'other'), ['resume', 'school', '--plain'], ['delete', 'school', '--yes']]) {
      const ended = await runs(...argv);
      expect(ended.code).toBe(2);
      expect(ended.err).toMatch(/^nightferry: [^\n]*the file system is read-only \(EROFS\)[^\n]*\n$/);
    }
    for (const argv of [['status'], ['status', 'school'], ['errors', 'school'], ['decisions', 'school']]) {
      const ended = await runs(...argv);
      expect(ended).toMatchObject({ code: 0, err: '' });
      expect(ended.out).toContain(argv[1] === undefined ? 'school' : '');
    }
  }, 90_000);
});

import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { expect, it } from 'vitest';
import { startImapServer } from '../demo/server/index.js';
import { IDENTITY } from '../src/engine/imap/session/identity.js';
import { EmulatedTerminal } from './ui/support/paper-terminal.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The program that `nightferry` runs once installed; `npm test` builds it first. */
const BUNDLE = join(ROOT, 'dist/bin');
const run = promisify(execFile);

const bundled = () => {
  expect(existsSync(BUNDLE), 'run `npm run build` first').toBe(true);
  return readdirSync(BUNDLE).filter((file) => file.endsWith('.js'));
};

it('tells servers the version that it has', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(IDENTITY.version).toBe(version);
});

it('tells servers where to ask only where the package names a page: no address is made up', () => {
  const { bugs, homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly bugs?: { readonly url: string };
    readonly homepage?: string;
  };
  expect(IDENTITY['support-url']).toBe(bugs?.url ?? homepage);
});

it('imports nothing but Node itself and its own files', () => {
  const known = new Set(builtinModules);
  const imported = bundled().flatMap((file) =>
    [...readFileSync(join(BUNDLE, file), 'utf8').matchAll(/^(?:import|export)\b[^;'"]*?['"]([^'"]+)['"];?$/gm)].map(
      ([, from]) => (from ?? '').replace(/^node:/, ''),
    ),
  );
  expect(imported.length).toBeGreaterThan(50);
  expect(imported.filter((from) => !from.startsWith('./') && !known.has(from.split('/')[0] ?? ''))).toEqual([]);
});

it('carries the licences of what is bundled', () => {
  const texts = readFileSync(join(BUNDLE, 'third-party.txt'), 'utf8');
  for (const name of ['imapflow', 'commander', 'lowdb', 'zod', 'pino', 'ink', 'react', 'yoga-layout']) {
    expect(texts).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: MIT$`, 'm'));
  }
  expect(texts.match(/Permission is hereby granted/g)?.length).toBeGreaterThan(20);
});

it('draws a console where no other package is in reach, whatever DEV is set for', async () => {
  const away = await mkdtemp(join(tmpdir(), 'nf-packed-'));
  const size = { columns: 80, rows: 24 };
  const terminal = new EmulatedTerminal(size);
  cpSync(BUNDLE, join(away, 'dist/bin'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(away, 'package.json'));
  const env = { PATH: process.env.PATH ?? '', HOME: away, TERM: 'xterm-256color', LANG: 'C.UTF-8', DEV: 'true' };
  const pty = spawn(process.execPath, ['dist/bin/cli.js'], { cols: size.columns, rows: size.rows, cwd: away, env });
  try {
    pty.onData((text) => void terminal.show(text));
    await expect.poll(() => terminal.text().join('\n'), { timeout: 15_000 }).toMatch(/move one mailbox/);
    expect(terminal.text().join('\n')).not.toContain('devtools');
  } finally {
    pty.kill('SIGKILL');
    await rm(away, { recursive: true });
  }
});

it('moves a mailbox where no other package is in reach', async () => {
  const away = await mkdtemp(join(tmpdir(), 'nf-packed-'));
  const [source, destination] = await Promise.all([startImapServer(), startImapServer()]);
  try {
    cpSync(BUNDLE, join(away, 'dist/bin'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(away, 'package.json'));
    await writeFile(join(away, 'source.pem'), source.cert);
    await writeFile(join(away, 'destination.pem'), destination.cert);
    for (const { accounts } of [source, destination]) accounts.add('ann', { password: 'pass' });
    const raw = (n: number) => Buffer.from(`Message-ID: <${n}@packed.example>\r\nSubject: ${n}\r\n\r\nbody ${n}\r\n`);
    for (let n = 1; n <= 200; n++)
      source.accounts
        .get('ann')
        ?.folder('INBOX')
        .add({ raw: raw(n) });
    const ends = [source, destination].map(({ tlsPort }) => `imaps://ann@127.0.0.1:${tlsPort}`);
    const trust = ['--source-ca', 'source.pem', '--destination-ca', 'destination.pem', '--state', 'state'];
    const passwords = { NIGHTFERRY_SOURCE_PASSWORD: 'pass', NIGHTFERRY_DESTINATION_PASSWORD: 'pass' };
    const options = { cwd: away, env: { PATH: process.env.PATH, HOME: away, ...passwords } };
    await run(process.execPath, ['dist/bin/cli.js', 'move', ...ends, ...trust], options);
    const arrived = destination.accounts
      .get('ann')
      ?.folder('INBOX')
      .messages.map((message) => String(message.raw));
    expect(arrived).toEqual(Array.from({ length: 200 }, (_, i) => String(raw(i + 1))));
  } finally {
    await Promise.all([source.stop(), destination.stop()]);
    await rm(away, { recursive: true });
  }
});

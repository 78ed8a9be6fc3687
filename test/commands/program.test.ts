import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** The program as it is installed; `npm test` builds it first. */
const CLI = new URL('../../dist/src/cli.js', import.meta.url).pathname;

let dir: string;
beforeEach(async () => {
  expect(existsSync(CLI), 'run `npm run build` first').toBe(true);
  dir = await mkdtemp(join(tmpdir(), 'nf-cli-'));
});
afterEach(() => rm(dir, { recursive: true }));

function run(...argv: string[]): Promise<{ code: number | string | null; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, HOME: dir };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...argv], { env, cwd: dir }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? null) : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

describe('the installed program', () => {
  it('starts by its first line and knows the version of its package', async () => {
    expect(readFileSync(CLI, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('says in one line what is wrong, ends in 2 and writes nothing', async () => {
    const { code, stdout, stderr } = await run('move', 'imaps://ann:hunter2@old.example', 'imaps://ann@new.example');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^nightferry: source: a password in the URL is refused[^\n]*\n$/);
    expect(stderr).not.toContain('hunter2');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('asks nobody where there is no terminal', async () => {
    const { code, stderr } = await run('move', 'imaps://ann@old.example', 'imaps://ann@new.example');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^nightferry: ann: no source password[^\n]*\n$/);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('does not complain when its reader has gone', async () => {
    const child = spawn(process.execPath, [CLI, '--help'], { env: { HOME: dir }, cwd: dir });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [code] = await once(child, 'close');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('loads no console, no engine and no protocol to show its help', async () => {
    const child = spawn(process.execPath, [CLI, '--help'], {
      env: { HOME: dir, NODE_DEBUG: 'esm' },
      cwd: dir,
    });
    let debug = '';
    child.stderr.on('data', (chunk) => {
      debug += chunk;
    });
    child.stdout.resume();
    await once(child, 'close');
    expect(debug).toContain('commander');
    expect(debug).not.toMatch(/node_modules\/(ink|react|imapflow|zod|lowdb)\//);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measure } from '../../bench/measure.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nf-measure-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (code: string, env: Record<string, string> = {}) => ({
  program: process.execPath,
  args: ['-e', code],
  env,
});

describe('timing a program', () => {
  it('tells a good end from a bad one, with its last words', async () => {
    expect((await measure(node('process.exit(0)'), folder, 60_000)).failure).toBeNull();
    const bad = await measure(
      node('console.error("first"); console.error("mailbox is full"); process.exit(3)'),
      folder,
      60_000,
    );
    expect(bad.failure).toBe('exit 3: mailbox is full');
  });

  it('hands over the environment and counts the time', async () => {
    const waits = node('setTimeout(() => process.exit(process.env.WORD === "pass" ? 0 : 1), 200)', { WORD: 'pass' });
    const usage = await measure(waits, folder, 60_000);
    expect(usage.failure).toBeNull();
    expect(usage.seconds).toBeGreaterThan(0.2);
  });

  it('ends what takes too long', async () => {
    const usage = await measure(node('setInterval(() => {}, 1000)'), folder, 300);
    expect(usage.failure).toContain('still running after 0.3 s');
  });

  it('says so when there is no such program', async () => {
    const usage = await measure({ program: '/no/such/program', args: [], env: {} }, folder, 5000);
    expect(usage.failure).not.toBeNull();
  });
});

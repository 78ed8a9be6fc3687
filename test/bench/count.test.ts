import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nf-count-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Status = 'passed' | 'failed' | 'skipped';

function report(name: string, tests: Readonly<Record<string, Status>>, fileStatus = 'passed', success = true): string {
  const path = join(folder, name);
  const assertionResults = Object.entries(tests).map(([fullName, status]) => ({ fullName, status }));
  writeFileSync(
    path,
    JSON.stringify({ success, testResults: [{ name: 'a.test.ts', status: fileStatus, assertionResults }] }),
  );
  return path;
}

function count(...paths: readonly string[]) {
  const ran = spawnSync(process.execPath, [new URL('../../.ci/count.mjs', import.meta.url).pathname, ...paths], {
    encoding: 'utf8',
  });
  return { last: ran.stdout.trim().split('\n').at(-1), code: ran.status };
}

describe('the last line of the checks', () => {
  it('counts a test once that two suites ran, and one that the first skipped', () => {
    const all = report('all', { one: 'passed', two: 'passed', real: 'skipped' });
    expect(count(all, report('real', { two: 'passed', real: 'passed' }))).toEqual({
      last: 'tests: 3 passed, 0 failed',
      code: 0,
    });
  });

  it('counts a test as failed that failed in either', () => {
    const [good, bad] = [report('good', { one: 'passed' }), report('bad', { one: 'failed' }, 'failed', false)];
    expect(count(good, bad)).toEqual({ last: 'tests: 0 passed, 1 failed', code: 1 });
    expect(count(bad, good)).toEqual({ last: 'tests: 0 passed, 1 failed', code: 1 });
  });

  it('takes a file that would not load, a bad end and a missing report for failures', () => {
    const good = report('good', { one: 'passed' });
    expect(count(good, report('broken', {}, 'failed', false)).last).toBe('tests: 1 passed, 1 failed');
    expect(count(report('unsuccessful', { one: 'passed' }, 'passed', false)).last).toBe('tests: 1 passed, 1 failed');
    expect(count(good, join(folder, 'none'))).toEqual({ last: 'tests: 1 passed, 1 failed', code: 1 });
  });

  it('does not take nothing at all for success', () => {
    expect(count(report('empty', {})).code).toBe(1);
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The program as it was at a commit. */
export interface Past {
  /** Short name of the commit. */
  readonly commit: string;
  /** Its command line, built. */
  readonly cli: string;
  remove(): Promise<void>;
}

/**
 * Checks a commit out into a temporary worktree of the repository in the current folder, and builds it.
 *
 * @throws Error  where there is no such commit, or it does not build
 */
export async function buildPast(commit: string): Promise<Past> {
  const name = run('.', 'git', ['rev-parse', '--short', '--verify', `${commit}^{commit}`]).trim();
  const dir = await mkdtemp(join(tmpdir(), 'nf-past-'));
  const tree = join(dir, 'tree');
  const remove = async () => {
    run('.', 'git', ['worktree', 'remove', '--force', tree]);
    await rm(dir, { recursive: true, force: true });
  };
  run('.', 'git', ['worktree', 'add', '--detach', tree, name]);
  try {
    // Its dependencies are seldom other than now.
    if (lockOf(tree) === lockOf('.')) symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
    else run(tree, 'npm', ['ci', '--no-audit', '--no-fund']);
    run(tree, 'npm', ['run', 'build']);
    return { commit: name, cli: join(tree, 'dist/bin/cli.js'), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function lockOf(tree: string): string {
  return readFileSync(join(tree, 'package-lock.json'), 'utf8').replace(/"version": "[^"]*"/, '');
}

function run(cwd: string, program: string, args: readonly string[]): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

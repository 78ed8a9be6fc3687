import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { BadInput } from '../../words/bad-input.js';
import type { Environment, Io } from './io.js';

/** Makes a command: its arguments, and what it does when it is run. `done` gets the exit code. */
export type MakeCommand = (io: Io, done: (exitCode: number) => void) => Command;

export interface StateFlag {
  readonly state?: string;
}

export function addStateOption(command: Command): Command {
  return command.option(
    '--state <dir>',
    'where batches are kept (default: $XDG_STATE_HOME/nightferry, else ~/.local/state/nightferry)',
  );
}

/** The option of commands that copy. */
export function addDryRunOption(command: Command): Command {
  return command.option('--dry-run', 'print what would be copied, by folder, and change nothing');
}

export function addPrintOptions(command: Command): Command {
  return command
    .option('--plain', 'print timestamped lines, in a terminal too')
    .option('--json', 'print one JSON object a line');
}

export async function openWorkspace(flag: StateFlag, io: Environment): Promise<Workspace> {
  const { Workspace } = await import('../../store/batch/workspace.js');
  if (flag.state === '') throw new BadInput('--state: a folder is expected');
  const folder = flag.state === undefined ? null : resolve(io.cwd, flag.state);
  const workspace = Workspace.locate(folder, io.env, io.home);
  const there = await stat(workspace.root).catch(() => null);
  if (there && !there.isDirectory()) throw new BadInput(`--state: ${workspace.root} is no folder`);
  return workspace;
}

/** @throws BadInput  where there is no batch of this name, or it cannot be read */
export async function openBatch(name: string, flag: StateFlag, io: Environment): Promise<BatchStore> {
  return await (await openWorkspace(flag, io)).open(name);
}

/** Adds the ways to give passwords to a command's help, because nobody finds them among twenty options. */
export function withPasswordsHelp(command: Command): Command {
  return command.addHelpText(
    'after',
    `
Passwords, first found wins: the plan; OAuth, a command, a file or a variable that is named; NIGHTFERRY_SOURCE_PASSWORD
and NIGHTFERRY_DESTINATION_PASSWORD; one hidden prompt in a terminal. Never in the URL.`,
  );
}

/** Adds examples to a command's help. */
export function withExamples(command: Command, ...examples: readonly string[]): Command {
  return command.addHelpText(
    'after',
    `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n  ${examples.join('\n  ')}`,
  );
}

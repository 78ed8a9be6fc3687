import { Command } from 'commander';
import { PROTOCOL_VERSION } from '../protocol/entities.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import type { Workspace } from '../store/batch/workspace.js';
import { BadInput } from '../words/bad-input.js';
import { type Loss, lossOf, lossText } from './desk/loss.js';
import {
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
} from './process/command-parts.js';
import { harmless } from './process/harmless.js';
import type { Prompts, Stderr, Timing, Version } from './process/io.js';
import { refuseRunning } from './reach/refuse-running.js';

interface DeleteFlags extends StateFlag {
  readonly yes?: boolean;
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('delete')
    .summary('forget a batch')
    .description('Forgets a batch: its plan, what was copied, what failed. No mail is touched on either server.')
    .argument('<name>', 'the batch')
    .option('--yes', 'do not ask; needed where there is no terminal')
    .option('--json', 'print one JSON object');
  withExamples(addStateOption(command), 'nightferry delete school', 'nightferry delete school --yes');
  return command.action(async (name: string, flags: DeleteFlags) => {
    const workspace = await openWorkspace(flags, io);
    if (!flags.yes && !(await isMeant(workspace, name, io))) {
      await io.err.write(`${name} was not deleted\n`);
      return done(0);
    }
    await workspace.delete(name);
    const text = flags.json ? JSON.stringify({ version: PROTOCOL_VERSION, deleted: name }) : `deleted ${name}`;
    await io.out.write(`${text}\n`);
    done(0);
  });
};

/** Says what is lost, and asks. @throws BadInput  where there is no such batch, or nobody to ask */
async function isMeant(workspace: Workspace, name: string, io: Stderr & Prompts & Version & Timing): Promise<boolean> {
  const text = lossText(name, await lossIn(workspace, name, io));
  if (io.confirm === null) throw new BadInput(`delete: ${text}. Give --yes to delete it`);
  await io.err.write(`${harmless(text)}.\n`);
  return await io.confirm(`Delete ${name}?`);
}

/** @returns null where its records cannot be read: it may be deleted all the same */
async function lossIn(workspace: Workspace, name: string, io: Version & Timing): Promise<Loss | null> {
  if (!(await workspace.exists(name))) {
    await workspace.checkThere(name);
    return null;
  }
  let store: BatchStore;
  try {
    store = await workspace.open(name);
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
  await refuseRunning(store, 'stop it first');
  return await lossOf(store, io);
}

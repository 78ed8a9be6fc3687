import { Command } from 'commander';
import type { Access } from '../protocol/client.js';
import type { Runner } from '../store/locks/engine-lock.js';
import { BadInput } from '../words/bad-input.js';
import { listenAtOnce } from './launch/listen-at-once.js';
import { openConsole } from './launch/open-console.js';
import { prepareResume } from './launch/prepare-resume.js';
import { restartFor } from './launch/restart.js';
import { runDetached } from './launch/run-detached.js';
import {
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
} from './process/command-parts.js';
import { addDrawOptions, chooseDisplay, type DrawFlags } from './process/display.js';
import type { Io } from './process/io.js';
import { reachEngine, whyNoEngine } from './reach/reach-engine.js';

interface AttachFlags extends StateFlag, DrawFlags {
  readonly readOnly?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('attach')
    .summary('open the console on a batch')
    .description(
      'Opens the console on a batch. One that runs goes on when it is left, and several may be open at once. One that does not run is opened at rest: what failed can be looked at and decided about, and no mailbox starts before you say so.',
    )
    .argument('<name>', 'the batch')
    .option('--read-only', 'a console that can change nothing');
  withExamples(
    addDrawOptions(addStateOption(command)),
    'nightferry attach school',
    'nightferry attach school --read-only',
  );
  return command.action(async (name: string, flags: AttachFlags) => done(await attach(name, flags, io)));
};

/** @returns 0 after leaving a running engine, else the batch's exit code */
export async function attach(name: string, flags: AttachFlags, io: Io): Promise<number> {
  const display = chooseDisplay(flags, io);
  const workspace = await openWorkspace(flags, io);
  const store = await workspace.open(name);
  if (display.kind === 'lines')
    throw new BadInput(`attach: ${display.why}; \`nightferry status ${name}\` shows the batch`);
  const access: Access = flags.readOnly ? 'read-only' : 'full';
  const client = await reachEngine(store, io, access);
  if (!client) {
    const who = await store.whoRuns();
    if (who || access === 'read-only') throw new BadInput(whyNot(name, who));
    const run = await prepareResume({ store, workspace, flags: {}, lacking: 'hold' }, { ...io, askHidden: null });
    return await runDetached({ ...run, atRest: true }, display, io);
  }
  const restart = restartFor(store, flags, display.launcher, io);
  const launched = { kind: 'running', client: listenAtOnce(client), exitCode: null } as const;
  return await openConsole({ launched, store, access, screen: display, restart }, io);
}

function whyNot(name: string, who: Runner | null): string {
  const why = whyNoEngine(name, who);
  return who ? why : `${why}: there is nothing to watch; \`nightferry status ${name}\` shows how it stands`;
}

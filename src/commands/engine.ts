import { Command } from 'commander';
import { BadInput } from '../words/bad-input.js';
import { unpackCredentials } from './input/credentials/credential-packet.js';
import { CredentialsFrom } from './input/credentials/credentials-from.js';
import { runEngine } from './launch/run-engine.js';
import { addStateOption, type MakeCommand, openWorkspace, type StateFlag } from './process/command-parts.js';
import type { Io, Stdin } from './process/io.js';

/**
 * The engine as a process of its own, as `run`, `move` and `resume` start it in a terminal. Not for hands: what
 * it needs to know comes through the pipe on its standard input.
 */
export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('engine')
    .summary('the engine, as a console starts it')
    .description('The engine of a batch, as a console starts it: reads what it needs from a pipe.')
    .argument('<name>', 'the batch');
  return addStateOption(command).action(async (name: string, flags: StateFlag) => done(await engine(name, flags, io)));
};

async function engine(name: string, flags: StateFlag, io: Io): Promise<number> {
  if (io.stdinIsTerminal)
    throw new BadInput(`engine: this is started by a console; \`nightferry resume ${name}\` goes on with a batch`);
  const packet = unpackCredentials(await firstLine(io));
  if (!packet) throw new BadInput('engine: what came through the pipe is of another version');
  const workspace = await openWorkspace(flags, io);
  const store = await workspace.open(name);
  const batch = { ...store.batch, ...packet.batch };
  const credentials = new CredentialsFrom(packet.credentials, io);
  const { atRest = false, notices = null } = packet;
  const show = () => undefined;
  return await runEngine({ batch, workspace, credentials, atRest, notices, openStore: async () => store, show }, io);
}

async function firstLine(io: Stdin): Promise<string> {
  for await (const line of io.stdinLines()) return line;
  return '';
}

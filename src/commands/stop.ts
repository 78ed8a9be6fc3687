import { Command } from 'commander';
import { PROTOCOL_VERSION } from '../protocol/entities.js';
import { addStateOption, type MakeCommand, withExamples } from './process/command-parts.js';
import type { Environment, Timing, Version } from './process/io.js';
import { type OrderFlags, tellEngine } from './reach/tell-engine.js';

interface StopFlags extends OrderFlags {
  readonly now?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('stop')
    .summary('stop a running batch or one of its mailboxes')
    .description('Stops a running batch, or one of its mailboxes, when what is in flight has reached its end.')
    .argument('<name>', 'the batch')
    .option('--mailbox <mailbox>', 'only this one, by its address')
    .option('--now', 'drop the connections at once')
    .option('--json', 'print one JSON object');
  withExamples(
    addStateOption(command),
    'nightferry stop school',
    'nightferry stop school --mailbox ann@new.example --now',
  );
  return command.action(async (name: string, flags: StopFlags) => {
    await io.out.write(`${await stop(name, flags, io)}\n`);
    done(0);
  });
};

async function stop(name: string, flags: StopFlags, io: Environment & Version & Timing): Promise<string> {
  const how = flags.now ? 'now' : 'drain';
  const mailbox = await tellEngine(name, flags, (which) => ({ do: 'stop', how, mailbox: which }), io);
  if (flags.json) return JSON.stringify({ version: PROTOCOL_VERSION, batch: name, mailbox, stopping: how });
  const what = flags.mailbox ?? name;
  return how === 'now' ? `${what} stops now` : `${what} stops when what is in flight has reached its end`;
}

import { Command } from 'commander';
import { PROTOCOL_VERSION } from '../protocol/entities.js';
import { addStateOption, type MakeCommand, withExamples } from './process/command-parts.js';
import { type OrderFlags, tellEngine } from './reach/tell-engine.js';

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('pause')
    .summary('pause a running batch or one of its mailboxes')
    .description(
      'Settles what is in flight and closes the connections, until `nightferry continue`. The engine stays, and other mailboxes go on.',
    )
    .argument('<name>', 'the batch')
    .option('--mailbox <mailbox>', 'only this one, by its address')
    .option('--json', 'print one JSON object');
  withExamples(addStateOption(command), 'nightferry pause school', 'nightferry pause school --mailbox ann@new.example');
  return command.action(async (name: string, flags: OrderFlags) => {
    const mailbox = await tellEngine(name, flags, (which) => ({ do: 'pause', mailbox: which }), io);
    const text = flags.json
      ? JSON.stringify({ version: PROTOCOL_VERSION, batch: name, mailbox, pausing: true })
      : `${flags.mailbox ?? name} pauses when what is in flight has reached its end`;
    await io.out.write(`${text}\n`);
    done(0);
  });
};

import { Command } from 'commander';
import { PROTOCOL_VERSION } from '../protocol/entities.js';
import { addStateOption, type MakeCommand, withExamples } from './process/command-parts.js';
import { type OrderFlags, tellEngine } from './reach/tell-engine.js';

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('continue')
    .summary('let a paused batch or mailbox go on')
    .description(
      'Lets a paused batch, or one paused mailbox of it, go on; of a batch that is not paused, all mailboxes that were stopped before their end.',
    )
    .argument('<name>', 'the batch')
    .option('--mailbox <mailbox>', 'only this one, by its address')
    .option('--json', 'print one JSON object');
  withExamples(
    addStateOption(command),
    'nightferry continue school',
    'nightferry continue school --mailbox ann@new.example',
  );
  return command.action(async (name: string, flags: OrderFlags) => {
    const mailbox = await tellEngine(name, flags, (which) => ({ do: 'continue', mailbox: which }), io);
    const text = flags.json
      ? JSON.stringify({ version: PROTOCOL_VERSION, batch: name, mailbox, pausing: false })
      : `${flags.mailbox ?? name} goes on`;
    await io.out.write(`${text}\n`);
    done(0);
  });
};

import { Command } from 'commander';
import { addDecideOptions, type DecideFlags, decide } from './desk/decide-command.js';
import { type MakeCommand, withExamples } from './process/command-parts.js';

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('release')
    .summary('end the hold of mailboxes')
    .description(
      'Lets mailboxes that are held go on: all of them, or those that the options name. Where no engine runs they do at the next resume, which asks for passwords as ever.',
    );
  withExamples(
    addDecideOptions(command),
    'nightferry release school',
    'nightferry release school --mailbox maria@new.example',
    'nightferry release school --code OVERQUOTA',
  );
  return command.action(async (name: string, flags: DecideFlags) => {
    await decide(name, { do: 'release' }, flags, io);
    done(0);
  });
};

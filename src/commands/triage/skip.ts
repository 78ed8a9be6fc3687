import { Command } from 'commander';
import { BadInput } from '../../words/bad-input.js';
import { addAllOption, addDecideOptions, type DecideFlags, decide } from '../desk/decide-command.js';
import { type MakeCommand, withExamples } from '../process/command-parts.js';

interface SkipFlags extends DecideFlags {
  readonly why: string;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('skip')
    .summary('leave failed messages out')
    .description(
      'Leaves failed messages out: they are not tried any more and no longer count as errors. They stay at the source, and `nightferry undo` brings them back.',
    )
    .requiredOption('--why <text>', 'the reason; it stands beside what was left out');
  withExamples(
    addDecideOptions(addAllOption(command)),
    "nightferry skip school --code TOOBIG --why 'over 50 MB, agreed with the school'",
    "nightferry skip school --mailbox ann@new.example --folder Junk --uid 17,40:52 --why 'malformed spam'",
  );
  return command.action(async (name: string, flags: SkipFlags) => {
    if (flags.why.trim() === '') throw new BadInput('--why: a reason is expected; it stands beside what was left out');
    await decide(name, { do: 'skip', why: flags.why.trim() }, flags, io);
    done(0);
  });
};

import { Command } from 'commander';
import { BadInput } from '../../words/bad-input.js';
import type { ActionRequest } from '../../words/decision.js';
import { addAllOption, addDecideOptions, type DecideFlags, decide } from '../desk/decide-command.js';
import { parseDuration } from '../input/durations.js';
import { type MakeCommand, withExamples } from '../process/command-parts.js';

interface BackoffFlags extends DecideFlags {
  readonly factor?: string;
  readonly for?: string;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('backoff')
    .summary('let what fails rest longer')
    .description(
      'Lets what fails rest longer: so many times longer than it would, or for a time. Mailboxes that rest because of it do so, too.',
    )
    .option('--factor <n>', 'so many times longer, e.g. 4 or 1.5')
    .option('--for <time>', 'not before this time has passed, 5m to 24h, e.g. 2h');
  withExamples(
    addDecideOptions(addAllOption(command)),
    'nightferry backoff school --code UNAVAILABLE --for 2h',
    'nightferry backoff school --kind throttled --side destination --factor 4',
  );
  return command.action(async (name: string, flags: BackoffFlags) => {
    await decide(name, readBackoff(flags), flags, io);
    done(0);
  });
};

function readBackoff({ factor, for: time }: BackoffFlags): ActionRequest {
  if ((factor === undefined) === (time === undefined))
    throw new BadInput('backoff: give --factor or --for, one of the two');
  if (time !== undefined) return { do: 'backoff', factor: null, seconds: parseDuration(time, '--for') };
  if (!/^\d{1,3}(?:\.\d{1,3})?$/.test(factor ?? '') || Number(factor) <= 1 || Number(factor) > 100)
    throw new BadInput('--factor: a number over 1 and up to 100 is expected, like 4 or 1.5');
  return { do: 'backoff', factor: Number(factor), seconds: null };
}

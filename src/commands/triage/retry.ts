import { Command, Option } from 'commander';
import { EXPUNGED_AS_DELETED } from '../../engine/copy/findings.js';
import { BadInput } from '../../words/bad-input.js';
import type { ActionRequest, Treatment } from '../../words/decision.js';
import { addAllOption, addDecideOptions, type DecideFlags, decide } from '../desk/decide-command.js';
import { parseDuration } from '../input/durations.js';
import { type MakeCommand, withExamples } from '../process/command-parts.js';

interface RetryFlags extends DecideFlags {
  readonly after?: string;
  readonly first?: string;
  readonly withoutFlags?: boolean;
  readonly repair?: boolean;
  readonly deleted?: 'strip' | 'skip';
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('retry')
    .summary('try failed messages again')
    .description(
      'Tries what failed again: now, later, or a few first. Where no engine runs it is done at the next resume. Held mailboxes that it concerns go on.',
    )
    .option('--after <time>', 'not before, e.g. 10m (default: now)')
    .option(
      '--first <n>',
      'so many first, from as many mailboxes as there are; the rest only if all of these are taken',
    )
    .option('--without-flags', 'without flags and keywords; they arrive unread, and that is noted')
    .addOption(
      new Option(
        '--deleted <how>',
        'what the destination expunged for its \\Deleted: send it without that mark (strip), or leave it out (skip)',
      ).choices(['strip', 'skip']),
    )
    .option('--repair', 'with NUL removed, line ends mended and long lines folded; what was changed is noted');
  withExamples(
    addDecideOptions(addAllOption(command)),
    'nightferry retry school --code OVERQUOTA --dry-run',
    'nightferry retry school --code OVERQUOTA --first 5',
    'nightferry retry school --kind message-policy --mailbox ann@new.example --repair',
  );
  return command.action(async (name: string, flags: RetryFlags) => {
    await decide(name, readRetry(flags), ofExpunged(flags), io);
    done(0);
  });
};

/**
 * Checks that `--deleted` is used alone: it is about messages that the destination expunged for their mark, and about
 * no other failure.
 */
function ofExpunged(flags: RetryFlags): RetryFlags {
  if (flags.deleted === undefined) return flags;
  return { ...flags, filter: [...(flags.filter ?? []), `rule:${EXPUNGED_AS_DELETED}`] };
}

function readRetry({ after, first, withoutFlags, repair, deleted }: RetryFlags): ActionRequest {
  if ([withoutFlags, repair, deleted].filter((given) => given).length > 1)
    throw new BadInput('retry: give one of --without-flags, --repair and --deleted');
  if (deleted === 'skip') {
    if (after !== undefined || first !== undefined)
      throw new BadInput('retry: --deleted skip leaves messages out at once: leave --after and --first away');
    return { do: 'skip', why: 'marked \\Deleted at the source' };
  }
  if (after !== undefined && first !== undefined) throw new BadInput('retry: give --after or --first, not both');
  const treatment: Treatment = withoutFlags
    ? 'without-flags'
    : repair
      ? 'repaired'
      : deleted === 'strip'
        ? 'without-deleted'
        : 'as-is';
  if (first === undefined) return { do: 'retry', afterSeconds: parseDuration(after ?? '0', '--after'), treatment };
  if (!/^[1-9]\d{0,3}$/.test(first) || Number(first) > 1000)
    throw new BadInput('--first: a number of messages is expected, 1 to 1000');
  return { do: 'try-first', first: Number(first), treatment };
}

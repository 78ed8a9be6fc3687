import { Command } from 'commander';
import { BadInput } from '../../words/bad-input.js';
import { SIDES } from '../../words/side.js';
import { addDecideOptions, type DecideFlags, decide } from '../desk/decide-command.js';
import { readPlanAgain } from '../desk/plan-again.js';
import { type Vouched, vouchFor } from '../desk/vouch.js';
import { parseFingerprint } from '../input/endpoint/trust.js';
import { type MakeCommand, openBatch, withExamples } from '../process/command-parts.js';
import { harmless } from '../process/harmless.js';
import type { Environment, Stderr, Stdout, Timing, Version } from '../process/io.js';

interface ReleaseFlags extends DecideFlags {
  readonly sourceFingerprint?: string;
  readonly destinationFingerprint?: string;
  /** True where no file is named. */
  readonly plan?: string | true;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('release')
    .summary('end the hold of mailboxes')
    .description(
      'Lets mailboxes that are held go on: all of them, or those that the options name. Where no engine runs they do at the next resume, which asks for passwords as ever.',
    );
  for (const side of SIDES)
    command.option(`--${side}-fingerprint <sha256>`, `trust this certificate of the ${side} from now on`);
  command.option(
    '--plan [file]',
    'read their rows of the plan again: users and passwords (default: the plan it was made from)',
  );
  withExamples(
    addDecideOptions(command),
    'nightferry release school',
    'nightferry release school --mailbox maria@new.example',
    'nightferry release school --code OVERQUOTA',
    'nightferry release school --mailbox maria@new.example --plan school.csv',
    'nightferry release school --source-fingerprint 9F:86:D0:...',
  );
  return command.action(async (name: string, flags: ReleaseFlags) => {
    await release(name, flags, io);
    done(0);
  });
};

async function release(
  name: string,
  flags: ReleaseFlags,
  io: Stdout & Stderr & Environment & Version & Timing,
): Promise<void> {
  const vouched = vouchedIn(flags);
  const { plan, mailbox = [] } = flags;
  if ((vouched.length > 0 || plan !== undefined) && flags.dryRun)
    throw new BadInput('release: --dry-run changes nothing, leave the fingerprints and --plan out');
  if (plan !== undefined && mailbox.some((one) => one.includes('*')))
    throw new BadInput('release: with --plan give each --mailbox by its whole address');
  const store = await openBatch(name, flags, io);
  // With --json standard output is one object.
  const said = flags.json ? io.err : io.out;
  const again =
    plan === undefined ? [] : await readPlanAgain(store, { path: plan === true ? null : plan, mailboxes: mailbox }, io);
  for (const line of again) await said.write(`${harmless(line)}\n`);
  for (const line of await vouchFor(store, vouched, io)) await said.write(`${harmless(line)}\n`);
  await decide(name, { do: 'release' }, flags, io);
}

function vouchedIn(flags: ReleaseFlags): readonly Vouched[] {
  return SIDES.flatMap((side) => {
    const given = flags[`${side}Fingerprint`];
    return given === undefined
      ? []
      : [{ side, mailbox: flags.mailbox?.[0] ?? null, fingerprint: parseFingerprint(given, side) }];
  });
}

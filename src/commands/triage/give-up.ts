import { Command } from 'commander';
import type { DecisionEntity } from '../../protocol/answers.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import { plural } from '../../words/units.js';
import { atDesk } from '../desk/decide-desk.js';
import { checkMailboxes, matchingMailboxes } from '../input/selection/mailboxes.js';
import { asTyped } from '../output/as-typed.js';
import { decisionJson, doneLine } from '../output/decide-text.js';
import { addStateOption, type MakeCommand, openBatch, type StateFlag, withExamples } from '../process/command-parts.js';
import type { Environment, Stderr, Stdout, Timing, Version } from '../process/io.js';
import { operatorName } from '../process/operator.js';

interface GiveUpFlags extends StateFlag {
  readonly mailbox: readonly string[];
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('give-up')
    .summary('give mailboxes up, with a reason')
    .description(
      'Gives mailboxes up: nothing more of them is tried, they need nobody, and the batch can end without them. What was copied stays where it is. `nightferry undo` brings them back.',
    )
    .argument('<name>', 'the batch')
    .requiredOption('--mailbox <name...>', 'the mailboxes, with `*`')
    .requiredOption('--reason <text>', 'why; it stands beside the mailbox')
    .option('--dry-run', 'say which mailboxes it would be, and change nothing')
    .option('--json', 'print one JSON object');
  withExamples(addStateOption(command), "nightferry give-up school --mailbox ann@new.example --reason 'left in June'");
  return command.action(async (name: string, flags: GiveUpFlags) => {
    await giveUp(name, flags, io);
    done(0);
  });
};

async function giveUp(
  name: string,
  { mailbox, reason, dryRun, json, ...flags }: GiveUpFlags,
  io: Stdout & Stderr & Environment & Version & Timing,
): Promise<void> {
  const why = reason.trim();
  if (why === '') throw new BadInput('--reason: a reason is expected; it stands beside the mailbox');
  const store = await openBatch(name, flags, io);
  checkMailboxes(mailbox, store.batch);
  const selected = matchingMailboxes(mailbox, store.batch);
  if (selected.length === 0)
    throw new BadInput(`--mailbox ${mailbox.join(', ')}: the batch ${name} has no such mailbox`);
  const decision = dryRun
    ? null
    : await decided(
        store,
        selected.map(({ id }) => id),
        why,
        io,
      );
  const emails = selected.map(({ email }) => email);
  const text = decision === null ? wouldLines(emails, why) : doneLine(decision, asTyped(store, io));
  const whole = {
    version: PROTOCOL_VERSION,
    batch: name,
    dryRun: dryRun ?? false,
    mailboxes: emails,
    decision: decision && decisionJson(decision),
  };
  await io.out.write(`${json ? JSON.stringify(whole) : text}\n`);
}

async function decided(
  store: BatchStore,
  mailboxes: readonly string[],
  why: string,
  io: Stderr & Environment & Version & Timing,
): Promise<DecisionEntity> {
  const by = operatorName(io);
  const { decision } = await atDesk(store, io, 'change', (ask) => ask({ do: 'give-up', mailboxes, why, by }));
  return decision;
}

function wouldLines(emails: readonly string[], why: string): string {
  const head = `would give up ${plural(emails.length, 'mailbox', 'mailboxes')}: ${why}`;
  return [head, ...emails.map((email) => `  ${email}`), 'nothing was changed'].join('\n');
}

import { Command } from 'commander';
import { type Outcome, quarantine } from '../../engine/quarantine/quarantine.js';
import { type FolderOfDoubles, selectDoubles } from '../../engine/quarantine/selected.js';
import { sanitise } from '../../engine/responses/sanitise.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import { secondCopies } from '../../store/ledger/doubles.js';
import { BadInput } from '../../words/bad-input.js';
import { plural } from '../../words/units.js';
import { whileAtRest } from '../desk/at-rest.js';
import { readBatchFiles } from '../desk/batch-files.js';
import type { AgainFlags } from '../input/credentials/credentials-again.js';
import { addCredentialOptions } from '../input/endpoint/endpoint-options.js';
import { checkMailboxes } from '../input/selection/mailboxes.js';
import { asTyped } from '../output/as-typed.js';
import { addStateOption, type MakeCommand, openBatch, type StateFlag, withExamples } from '../process/command-parts.js';
import { harmless } from '../process/harmless.js';
import type { Environment, Prompts, Stdout, Timing } from '../process/io.js';

interface QuarantineFlags extends StateFlag, AgainFlags {
  readonly mailbox?: readonly string[];
  readonly folder?: readonly string[];
  readonly to: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Where second copies go unless an operator names another folder. */
const QUARANTINE = 'Nightferry duplicates';

const collect = (text: string, before: readonly string[] | undefined): string[] => [...(before ?? []), text];

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('quarantine')
    .summary('move second copies of messages away')
    .description(
      'Moves messages that stand twice at the destination to a folder of their own there: each second copy whose content equals, at that moment, a copy that stays. Nothing is expunged. `nightferry undo` brings them back. No engine may run the batch meanwhile.',
    )
    .argument('<name>', 'the batch')
    .option('--mailbox <mailbox>', 'of this mailbox, by its address (repeatable)', collect)
    .option('--folder <folder>', 'of this source folder (repeatable)', collect)
    .option('--to <folder>', 'the folder at the destination, / parts levels', QUARANTINE)
    .option('--dry-run', 'say what stands twice, and change nothing')
    .option('--json', 'print one JSON object')
    .option('--plan <file>', 'plan to read the passwords from (default: the one the batch was made from)');
  withExamples(
    addStateOption(addCredentialOptions(command)),
    'nightferry quarantine school --dry-run',
    "nightferry quarantine school --mailbox ann@new.example --to 'Duplicates'",
  );
  return command.action(async (name: string, flags: QuarantineFlags) => done(await run(name, flags, io)));
};

async function run(name: string, flags: QuarantineFlags, io: Stdout & Prompts & Environment & Timing): Promise<number> {
  if (flags.to === '' || /[\u0000-\u001f\u007f]/.test(flags.to)) throw new BadInput('--to: a folder name is expected');
  const narrowed = { mailboxes: flags.mailbox ?? [], folders: flags.folder ?? [] };
  const store = await openBatch(name, flags, io);
  checkMailboxes(narrowed.mailboxes, store.batch);
  const found = selectDoubles(store.batch.mailboxes, (await readBatchFiles(store)).records, narrowed);
  if (found.length === 0 || flags.dryRun) {
    await say(
      found.length === 0
        ? ['nothing to do: nothing of this stands twice']
        : found.map((one) => wouldText(one, flags.to)),
    );
    if (flags.json) await asJson({ decision: null, folders: found.map(described) });
    return 0;
  }
  const { decision, outcomes } = await whileAtRest(name, flags, io, async (world) => {
    const folders = selectDoubles(world.batch.mailboxes, world.records, narrowed);
    refuseFilled(folders, flags.to);
    const ended = await quarantine(world, folders, flags.to, async (outcome) => say([outcomeText(outcome, flags.to)]));
    const text = `decision ${ended.decision.id} by ${world.by}: second copies were moved to ${sanitise(flags.to, 120)}`;
    const at = io.clock.now();
    world.store.log.append({ type: 'log', at, level: 'info', mailbox: null, side: 'destination', folder: null, text });
    return ended;
  });
  const typed = asTyped(store, io);
  await say([`decision ${decision.id}: \`nightferry undo ${typed} ${decision.id}\` brings back what was moved`]);
  if (flags.json) await asJson({ decision: decision.id, folders: outcomes.map(ofOutcome) });
  return outcomes.every((one) => one.kind === 'moved' && one.differ.isEmpty) ? 0 : 3;

  /** Lines of progress; with --json nothing but the object is printed. */
  async function say(lines: readonly string[]): Promise<void> {
    if (!flags.json) for (const line of lines) await io.out.write(`${harmless(line)}\n`);
  }

  async function asJson(result: object): Promise<void> {
    const { to, dryRun = false } = flags;
    await io.out.write(`${JSON.stringify({ version: PROTOCOL_VERSION, batch: name, dryRun, to, ...result })}\n`);
  }
}

/** A folder that is copied into would have the second copies matched with the source's mail. */
function refuseFilled(folders: readonly FolderOfDoubles[], to: string): void {
  for (const { row, record } of folders)
    if (record.data.folders.some(({ destination }) => destination.split(/[./]/).join('/') === to))
      throw new BadInput(`--to: ${to} is a folder that the mail of ${row.email} is copied into; name another`);
}

function wouldText({ row, source, doubles }: FolderOfDoubles, to: string): string {
  const uids = secondCopies(doubles);
  return `${row.email} ${source}: ${plural(uids.size, 'second copy', 'second copies')} would be moved to ${to}, where they are still equal: UID ${uids}`;
}

function outcomeText(outcome: Outcome, to: string): string {
  const { row, source } = outcome.folder;
  const where = `${row.email} ${source}`;
  if (outcome.kind === 'failed') return `FAILED ${where}: ${outcome.why}`;
  const { moved, over, differ } = outcome;
  return [
    `${where}: ${plural(moved.size, 'second copy', 'second copies')} moved to ${to}${moved.isEmpty ? '' : `: UID ${moved}`}`,
    ...(over.isEmpty ? [] : [`${over.size} are no second copies any more: UID ${over}`]),
    ...(differ.isEmpty ? [] : [`${differ.size} stay, for they are not equal to the first copy: UID ${differ}`]),
  ].join('; ');
}

function described({ row, source, destination, doubles }: FolderOfDoubles) {
  return { mailbox: row.email, folder: source, destination, uids: secondCopies(doubles).toString() };
}

function ofOutcome(outcome: Outcome) {
  const place = described(outcome.folder);
  if (outcome.kind === 'failed') return { ...place, moved: '', over: '', differ: '', why: outcome.why };
  const { moved, over, differ } = outcome;
  return { ...place, moved: `${moved}`, over: `${over}`, differ: `${differ}`, why: null };
}

import { Command, Option } from 'commander';
import { patternOf, whyRefused } from '../../engine/responses/corrections.js';
import type { ErrorEntryEntity } from '../../protocol/answers.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import type { Correction } from '../../words/correction.js';
import { plural } from '../../words/units.js';
import { KINDS, type Kind } from '../../words/verdict.js';
import { atDesk } from '../desk/decide-desk.js';
import { readErrors } from '../desk/read-errors.js';
import { checkMailboxes } from '../input/selection/mailboxes.js';
import { addSelectionOptions, isEverything, readSelection, type SelectionFlags } from '../input/selection/options.js';
import { addStateOption, type MakeCommand, openBatch, type StateFlag, withExamples } from '../process/command-parts.js';
import { harmless } from '../process/harmless.js';
import type { Environment, Stderr, Timing, Version } from '../process/io.js';
import { operatorName } from '../process/operator.js';
import { correctionLines } from './decisions.js';

interface CorrectFlags extends SelectionFlags, StateFlag {
  readonly as?: Kind;
  readonly remove?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('correct')
    .summary('say what responses mean')
    .description(
      'Says that responses like those of the selected failures are of another kind, for the rest of the batch: what is done about them follows from that. `nightferry decisions` lists what was said.',
    )
    .argument('<name>', 'the batch')
    .addOption(new Option('--as <kind>', 'what they are').choices([...KINDS]))
    .option('--remove <id>', 'take a correction back, by its number')
    .option('--dry-run', 'say which responses are meant, and change nothing')
    .option('--json', 'print one JSON object');
  withExamples(
    addStateOption(addSelectionOptions(command)),
    "nightferry correct school --match 'scheduled indexing' --as mailbox-state",
    'nightferry correct school --remove 1',
  );
  return command.action(async (name: string, flags: CorrectFlags) => {
    await io.out.write(`${await correct(name, flags, io)}\n`);
    done(0);
  });
};

async function correct(
  name: string,
  flags: CorrectFlags,
  io: Stderr & Environment & Version & Timing,
): Promise<string> {
  const selection = readSelection(flags);
  const { as: kind, remove } = flags;
  if ((kind === undefined) === (remove === undefined))
    throw new BadInput('correct: give --as or --remove, one of the two');
  const store = await openBatch(name, flags, io);
  checkMailboxes(flags.mailbox ?? [], store.batch);
  if (kind === undefined) return await takeBack(store, remove ?? '', flags, io);
  if (isEverything(selection))
    throw new BadInput('correct: say which failures have the responses that are meant (--entry, --code, --match, ...)');
  const { filter, entries, uids } = selection;
  const groups = await readErrors(store, { filter, entries, uids, by: 'code' }, io);
  const samples = oneOfEach(groups.filter(({ standing }) => standing !== 'settled').flatMap((group) => group.entries));
  for (const entry of samples) refuseWrong(entry, kind);
  if (samples.length === 0 || flags.dryRun) return told(name, flags, samples, kind, []);
  const made = await atDesk(store, io, 'change', async (ask) => {
    const by = operatorName(io);
    const corrections: Correction[] = [];
    for (const { id } of samples)
      corrections.push(...(await ask({ do: 'correct', entry: id, kind, by })).corrections.slice(-1));
    return corrections;
  });
  return told(name, flags, samples, kind, made);
}

/** One entry for each pattern: the same response in five hundred mailboxes is corrected once. */
function oneOfEach(entries: readonly ErrorEntryEntity[]): ErrorEntryEntity[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const pattern = JSON.stringify(patternIn(entry));
    return !seen.has(pattern) && seen.add(pattern);
  });
}

function patternIn({ response, command, side, verdict }: ErrorEntryEntity) {
  return patternOf({ line: response, command, side }, verdict);
}

/** Before any of them is corrected. */
function refuseWrong(entry: ErrorEntryEntity, kind: Kind): void {
  const why = whyRefused(patternIn(entry), kind, entry.verdict);
  if (why !== null) throw new BadInput(`${harmless(entry.response)} cannot be read as ${kind}: ${why}`);
}

function told(
  name: string,
  { json, dryRun = false }: CorrectFlags,
  samples: readonly ErrorEntryEntity[],
  kind: Kind,
  corrections: readonly Correction[],
): string {
  const responses = samples.map(({ side, command, response }) => ({ side, command, response }));
  if (json) return JSON.stringify({ version: PROTOCOL_VERSION, batch: name, dryRun, kind, responses, corrections });
  if (samples.length === 0) return `nothing to do: nothing of this failed in ${name}`;
  const what = plural(samples.length, 'response');
  if (!dryRun)
    return corrections
      .flatMap((one) => correctionLines(one, name))
      .map(harmless)
      .join('\n');
  return [
    `would read ${what}, and those like ${samples.length === 1 ? 'it' : 'them'}, as ${kind}`,
    ...responses.map(({ side, command, response }) => harmless(`  ${side} ${command}: ${response}`)),
    'nothing was changed',
  ].join('\n');
}

async function takeBack(
  store: BatchStore,
  id: string,
  flags: CorrectFlags,
  io: Stderr & Environment & Version & Timing,
): Promise<string> {
  const corrections = await atDesk(store, io, flags.dryRun ? 'look' : 'change', async (ask) => {
    if (!flags.dryRun) return (await ask({ do: 'uncorrect', id, by: operatorName(io) })).corrections;
    const known = (await ask({ do: 'decisions' })).corrections;
    if (!known.some((one) => one.id === id)) throw new BadInput(`there is no correction ${id}`);
    return known;
  });
  const dryRun = flags.dryRun ?? false;
  if (flags.json)
    return JSON.stringify({ version: PROTOCOL_VERSION, batch: store.name, dryRun, removed: id, corrections });
  return harmless(dryRun ? `would take correction ${id} back; nothing was changed` : `took correction ${id} back`);
}

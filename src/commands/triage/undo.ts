import { Command } from 'commander';
import { type UndoOutcome, undoQuarantine } from '../../engine/quarantine/undo.js';
import { canUndo } from '../../engine/triage/show-decision.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { Decision } from '../../store/decisions/decisions-document.js';
import { BadInput } from '../../words/bad-input.js';
import { decidedText, standingText } from '../../words/decided-text.js';
import { whileAtRest } from '../desk/at-rest.js';
import { atDesk } from '../desk/decide-desk.js';
import type { AgainFlags } from '../input/credentials/credentials-again.js';
import { addCredentialOptions } from '../input/endpoint/endpoint-options.js';
import { decisionJson } from '../output/decide-text.js';
import { addStateOption, type MakeCommand, openBatch, type StateFlag, withExamples } from '../process/command-parts.js';
import { harmless } from '../process/harmless.js';
import type { Environment, Prompts, Stderr, Stdout, Timing, Version } from '../process/io.js';
import { operatorName } from '../process/operator.js';

interface UndoFlags extends StateFlag, AgainFlags {
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('undo')
    .summary('take a decision back')
    .description(
      'Takes a decision back: a skip at any time, anything else where no mailbox has begun on it. What was moved by `quarantine` is moved back, when no engine runs the batch. `nightferry decisions` lists them.',
    )
    .argument('<name>', 'the batch')
    .argument('<decision>', 'its number')
    .option('--json', 'print one JSON object')
    .option('--plan <file>', 'for `quarantine`: plan to read the passwords from (default: that of the batch)');
  withExamples(addStateOption(addCredentialOptions(command)), 'nightferry undo school 12');
  return command.action(async (name: string, number: string, flags: UndoFlags) => {
    const id = readNumber(number);
    const store = await openBatch(name, flags, io);
    const decision = (await store.decisions()).find(id);
    if (decision?.action.do === 'quarantine') return done(await bringBack(name, decision, flags, io));
    await io.out.write(`${await undo(name, id, flags, io)}\n`);
    return done(0);
  });
};

function readNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new BadInput(`undo ${text}: the number of a decision is expected, like 12`);
  return Number(text);
}

async function undo(
  name: string,
  id: number,
  flags: UndoFlags,
  io: Stderr & Environment & Version & Timing,
): Promise<string> {
  const store = await openBatch(name, flags, io);
  const { decision } = await atDesk(store, io, 'change', (ask) =>
    ask({ do: 'undo', decision: id, by: operatorName(io) }),
  );
  if (flags.json)
    return JSON.stringify({
      version: PROTOCOL_VERSION,
      batch: name,
      decision: decision ? decisionJson(decision) : null,
    });
  return harmless(
    decision ? `undone: ${decidedText(decision)} (decision ${id} is now: ${standingText(decision)})` : `undone: ${id}`,
  );
}

/** @returns the exit code: 3 where something could not be brought back */
async function bringBack(
  name: string,
  { id }: Decision,
  flags: UndoFlags,
  io: Stdout & Prompts & Environment & Timing,
): Promise<number> {
  const outcomes = await whileAtRest(name, flags, io, async (world) => {
    const decision = world.decisions.find(id);
    if (!decision?.scope.some((part) => canUndo(decision, part)))
      throw new BadInput(`decision ${id} cannot be undone any more: nothing of it is moved away`);
    return await undoQuarantine(world, decision);
  });
  const lines = outcomes.map((outcome) => harmless(backText(outcome)));
  const folders = outcomes.map((outcome) =>
    outcome.kind === 'failed'
      ? { mailbox: outcome.email, folder: outcome.folder, back: '', notFound: '', why: outcome.why }
      : {
          mailbox: outcome.email,
          folder: outcome.folder,
          back: `${outcome.back}`,
          notFound: `${outcome.notFound}`,
          why: null,
        },
  );
  const json = JSON.stringify({ version: PROTOCOL_VERSION, batch: name, decision: id, folders });
  await io.out.write(`${flags.json ? json : lines.join('\n')}\n`);
  return outcomes.every((one) => one.kind === 'back' && one.notFound.isEmpty) ? 0 : 3;
}

function backText(outcome: UndoOutcome): string {
  if (outcome.kind === 'failed') return `FAILED ${outcome.email}: ${outcome.why}`;
  const { email, folder, back, notFound } = outcome;
  const lost = notFound.isEmpty ? '' : `; somebody removed those of source UID ${notFound}`;
  return `${email} ${folder}: the second copies of source UID ${back} are back${lost}`;
}

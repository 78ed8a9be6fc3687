import { Command } from 'commander';
import { PROTOCOL_VERSION } from '../engine/protocol.js';
import { BadInput } from '../words/bad-input.js';
import { addStateOption, type MakeCommand, openWorkspace, type StateFlag, withExamples } from './command-parts.js';
import { atDesk } from './decide-desk.js';
import type { Io } from './io.js';
import { operatorName } from './operator.js';
import { harmless } from './plain-text.js';

interface UndoFlags extends StateFlag {
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('undo')
    .summary('take a decision back')
    .description(
      'Takes a decision back: a skip at any time, anything else where no mailbox has begun on it. `nightferry decisions` lists them.',
    )
    .argument('<name>', 'the batch')
    .argument('<decision>', 'its number')
    .option('--json', 'print one JSON object');
  withExamples(addStateOption(command), 'nightferry undo school 12');
  return command.action(async (name: string, number: string, flags: UndoFlags) => {
    await io.out.write(`${await undo(name, readNumber(number), flags, io)}\n`);
    done(0);
  });
};

function readNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new BadInput(`undo ${text}: the number of a decision is expected, like 12`);
  return Number(text);
}

async function undo(name: string, id: number, flags: UndoFlags, io: Io): Promise<string> {
  const store = await (await openWorkspace(flags, io)).open(name);
  const { decision } = await atDesk(store, io, 'change', (ask) =>
    ask({ do: 'undo', decision: id, by: operatorName(io) }),
  );
  if (flags.json) return JSON.stringify({ version: PROTOCOL_VERSION, batch: name, decision: decision ?? null });
  return harmless(
    decision ? `undone: ${decision.text} (decision ${id} is now: ${decision.standing})` : `undone: ${id}`,
  );
}

import { Command } from 'commander';
import type { DecisionEntity } from '../../protocol/answers.js';
import { PROTOCOL_VERSION } from '../../protocol/entities.js';
import type { Correction } from '../../words/correction.js';
import { decidedText, standingText } from '../../words/decided-text.js';
import { showTime } from '../../words/times.js';
import { atDesk } from '../desk/decide-desk.js';
import { decisionJson } from '../output/decide-text.js';
import { addStateOption, type MakeCommand, openBatch, type StateFlag, withExamples } from '../process/command-parts.js';
import { harmless } from '../process/harmless.js';
import type { Environment, Stderr, Timing, Version } from '../process/io.js';

interface DecisionsFlags extends StateFlag {
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('decisions')
    .summary('what was decided, and what came of it')
    .description(
      'Lists what operators decided about failures, the last one first, with what came of it, and what they said that responses mean.',
    )
    .argument('<name>', 'the batch')
    .option('--json', 'print one JSON object');
  withExamples(addStateOption(command), 'nightferry decisions school');
  return command.action(async (name: string, flags: DecisionsFlags) => {
    await io.out.write(`${await listDecisions(name, flags, io)}\n`);
    done(0);
  });
};

async function listDecisions(
  name: string,
  flags: DecisionsFlags,
  io: Stderr & Environment & Version & Timing,
): Promise<string> {
  const store = await openBatch(name, flags, io);
  const { decisions, corrections } = await atDesk(store, io, 'look', (ask) => ask({ do: 'decisions' }));
  if (flags.json)
    return JSON.stringify({
      version: PROTOCOL_VERSION,
      batch: name,
      decisions: decisions.map(decisionJson),
      corrections,
    });
  if (decisions.length === 0 && corrections.length === 0) return `${name}: nothing was decided`;
  return [...decisions.flatMap(decisionLines), ...corrections.flatMap((one) => correctionLines(one, name))]
    .map(harmless)
    .join('\n');
}

function decisionLines(decision: DecisionEntity): string[] {
  const { id, at, by, undoable } = decision;
  return [
    `${id}  ${showTime(at)}  ${by}: ${decidedText(decision)}`,
    `    ${standingText(decision)}${undoable ? '; can be undone' : ''}`,
  ];
}

export function correctionLines({ id, at, by, kind, sample, pattern }: Correction, name: string): string[] {
  const { side, command } = pattern;
  return [
    `correction ${id}  ${showTime(at)}  ${by ?? 'an operator'}: ${side} ${command ?? '(no command)'}, read as ${kind}, responses like`,
    `    ${sample}`,
    `    nightferry correct ${name} --remove ${id} takes it back`,
  ];
}

import { Command } from 'commander';
import { type Explanation, explain, renderExplanation } from '../engine/responses/explain.js';
import { sanitise } from '../engine/responses/sanitise.js';
import { ANY_BATCH } from '../words/advice/advice-text.js';
import { BadInput } from '../words/bad-input.js';
import { plural } from '../words/units.js';
import { parseSide } from './input/side-option.js';
import { type Defaults, Meanings, type Replayed, replay } from './output/explain-log.js';
import { jsonForScripts } from './output/json-printer.js';
import { type MakeCommand, withExamples } from './process/command-parts.js';
import type { Stdin, Stdout } from './process/io.js';

interface ExplainFlags {
  readonly command?: string;
  readonly side?: string;
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('explain')
    .summary('what a server response means')
    .description(
      'Says what a server response means and what happens next. Without a line it reads a log on standard input: a response a line, as any tool logged it, or JSON with line, command and side.',
    )
    .argument('[line]', 'the response, as in a log')
    .option('--command <command>', 'the command it answers, e.g. APPEND, where the line does not say')
    .option('--side <side>', 'the server it comes from, source or destination, where the line does not say')
    .option('--json', 'print JSON, one object for each line');
  withExamples(
    command,
    'nightferry explain "NO [UNAVAILABLE] Mailbox is being checked" --command EXAMINE',
    'nightferry explain < imap.log',
  );
  return command.action(async (line: string | undefined, flags: ExplainFlags) => {
    const defaults = defaultsIn(flags);
    if (line !== undefined) await explainLine(io, line, defaults, flags);
    else if (io.stdinIsTerminal) throw new BadInput('explain: give a line, or a log on standard input');
    else if (flags.json) await explainEach(io, defaults);
    else await explainAll(io, defaults);
    done(0);
  });
};

function defaultsIn({ command, side }: ExplainFlags): Defaults {
  const parsed = side === undefined ? undefined : parseSide(side);
  if (side !== undefined && parsed === undefined)
    throw new BadInput(`--side: source or destination is expected, not "${sanitise(side, 40)}"`);
  return { ...(command === undefined ? {} : { command }), ...(parsed === undefined ? {} : { side: parsed }) };
}

async function explainLine(io: Stdout, line: string, defaults: Defaults, { json }: ExplainFlags): Promise<void> {
  if (line.trim() === '') throw new BadInput('explain: the line is empty');
  const explanation = explain({ ...defaults, line });
  if (explanation === null)
    throw new BadInput(
      `explain: no response of a server in "${sanitise(line, 80)}"; it looks like: A1 NO [OVERQUOTA] Quota exceeded`,
    );
  await io.out.write(`${json ? jsonForScripts(explanation, ANY_BATCH) : renderExplanation(explanation)}\n`);
}

async function explainEach(io: Stdout & Stdin, defaults: Defaults): Promise<void> {
  for await (const one of replay(io.stdinLines(), defaults)) {
    await io.out.write(`${jsonForScripts('explanation' in one ? one.explanation : one, ANY_BATCH)}\n`);
  }
}

async function explainAll(io: Stdout & Stdin, defaults: Defaults): Promise<void> {
  const meanings = new Meanings();
  let unread = 0;
  let first: Extract<Replayed, { error: string }> | undefined;
  for await (const one of replay(io.stdinLines(), defaults)) {
    if ('explanation' in one) meanings.add(one.explanation);
    else {
      unread++;
      first ??= one;
    }
  }
  for (const { lines, sample } of meanings.groups) await io.out.write(`${group(lines, sample)}\n`);
  if (first !== undefined)
    await io.out.write(
      `${plural(unread, 'line')} without a response, the first is line ${first.line}: ${first.text}\n`,
    );
}

function group(lines: number, sample: Explanation): string {
  return `${plural(lines, 'line')} like\n${renderExplanation(sample)}\n`;
}

import { Command, Option } from 'commander';
import { type Explanation, explain, renderExplanation } from '../engine/responses/explain.js';
import { BadInput } from '../words/bad-input.js';
import { SIDES, type Side } from '../words/side.js';
import { type MakeCommand, withExamples } from './command-parts.js';
import { explainLog, type LogGroup } from './explain-log.js';
import { plural } from './plain-text.js';

interface ExplainFlags {
  readonly command?: string;
  readonly side: Side;
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('explain')
    .summary('what a server response means')
    .description(
      'Says what a server response means and what happens next. Without a line it reads a log on standard input.',
    )
    .argument('[line]', 'the response, as in a log')
    .option('--command <command>', 'the command it answers, e.g. APPEND')
    .addOption(new Option('--side <side>', 'the server it comes from').choices([...SIDES]).default('source'))
    .option('--json', 'print JSON, one object a line');
  withExamples(
    command,
    'nightferry explain "NO [UNAVAILABLE] Mailbox is being checked" --command EXAMINE',
    'nightferry explain < imap.log',
  );
  return command.action(async (line: string | undefined, flags: ExplainFlags) => {
    const asked = flags.command ?? null;
    if (line !== undefined) {
      if (line.trim() === '') throw new BadInput('explain: the line is empty');
      await io.out.write(`${render(explain(line, asked, flags.side), flags)}\n`);
    } else {
      if (io.stdinIsTerminal) throw new BadInput('explain: give a line, or a log on standard input');
      for (const group of await explainLog(io.stdinLines(), asked, flags.side)) {
        await io.out.write(`${renderGroup(group, flags)}\n`);
      }
    }
    done(0);
  });
};

function render(explanation: Explanation, flags: ExplainFlags): string {
  return flags.json ? JSON.stringify(explanation) : renderExplanation(explanation);
}

function renderGroup({ lines, sample }: LogGroup, flags: ExplainFlags): string {
  return flags.json
    ? JSON.stringify({ lines, ...sample })
    : `${plural(lines, 'line')} like\n${renderExplanation(sample)}\n`;
}

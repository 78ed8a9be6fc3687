import { Command } from 'commander';
import { PROTOCOL_VERSION } from '../protocol/entities.js';
import {
  addStateOption,
  type MakeCommand,
  openWorkspace,
  type StateFlag,
  withExamples,
} from './process/command-parts.js';

interface DeleteFlags extends StateFlag {
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('delete')
    .summary('forget a batch')
    .description('Forgets a batch: its plan, what was copied, what failed. No mail is touched on either server.')
    .argument('<name>', 'the batch')
    .option('--json', 'print one JSON object');
  withExamples(addStateOption(command), 'nightferry delete school');
  return command.action(async (name: string, flags: DeleteFlags) => {
    await (await openWorkspace(flags, io)).delete(name);
    const text = flags.json ? JSON.stringify({ version: PROTOCOL_VERSION, deleted: name }) : `deleted ${name}`;
    await io.out.write(`${text}\n`);
    done(0);
  });
};

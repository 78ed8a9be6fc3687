import { Command } from 'commander';
import { EngineGone } from '../engine/client.js';
import { PROTOCOL_VERSION } from '../engine/protocol.js';
import type { BatchStore } from '../store/batch-store.js';
import { addStateOption, type MakeCommand, openWorkspace, type StateFlag, withExamples } from './command-parts.js';
import { type ErrorGroupLines, groupErrors, linesOf } from './error-groups.js';
import type { Io } from './io.js';
import { harmless, plural, showTime } from './plain-text.js';
import { reachEngine } from './reach-engine.js';
import { startedRecords } from './started-records.js';

interface ErrorsFlags extends StateFlag {
  readonly json?: boolean;
}

export const makeCommand: MakeCommand = (io, done) => {
  const command = new Command('errors')
    .summary('what failed, by response code')
    .description(
      'Lists what failed and is still open, by the response code of the server, and then what was stored but changed on the way (noted, nothing is left to do).',
    )
    .argument('<name>', 'the batch')
    .option('--json', 'print one JSON object');
  withExamples(addStateOption(command), 'nightferry errors school', 'nightferry errors school --json');
  return command.action(async (name: string, flags: ErrorsFlags) => {
    await io.out.write(`${await listErrors(name, flags, io)}\n`);
    done(0);
  });
};

async function listErrors(name: string, flags: ErrorsFlags, io: Io): Promise<string> {
  const store = await (await openWorkspace(flags, io)).open(name);
  const groups = (await errorsOfEngine(store, io)) ?? (await errorsOfFiles(store));
  if (flags.json) return JSON.stringify({ version: PROTOCOL_VERSION, batch: name, groups });
  if (groups.length === 0) return `${name}: nothing failed`;
  return groups.flatMap(groupText).map(harmless).join('\n');
}

async function errorsOfFiles(store: BatchStore): Promise<ErrorGroupLines[]> {
  const emails = new Map(store.batch.mailboxes.map((row) => [row.id, row.email]));
  const records = await startedRecords(store);
  return groupErrors([...records].map(([id, record]) => [emails.get(id) ?? id, record] as const));
}

/**
 * What the running engine has entered, a checkpoint ahead of the files.
 *
 * @returns null where none runs, or there are more than it sends: then the files have all
 */
async function errorsOfEngine(store: BatchStore, io: Io): Promise<ErrorGroupLines[] | null> {
  const engine = await reachEngine(store, io, 'read-only');
  if (!engine) return null;
  try {
    const answer = await engine.command({ do: 'errors', mailbox: null });
    return answer.ok && answer.errors ? linesOf(answer.errors) : null;
  } catch (error) {
    if (error instanceof EngineGone) return null;
    throw error;
  } finally {
    engine.close();
  }
}

function groupText(group: ErrorGroupLines): string[] {
  const where = `${plural(group.messages, 'message')} in ${plural(group.mailboxes, 'mailbox', 'mailboxes')}`;
  const noted = group.standing === 'settled' ? 'noted: ' : '';
  const head = `${noted}${group.code ?? '(no code)'}, ${group.kind}: ${where}`;
  const lines = group.lines.flatMap((line) => {
    const folder = line.folder === null ? '' : ` ${line.folder}`;
    const uids = line.uids === '' ? '' : ` UID ${line.uids}`;
    const times = `${plural(line.times, 'time')}, last ${showTime(line.lastAt)}`;
    return [`  ${line.mailbox} ${line.side} ${line.command}${folder}${uids} (${times})`, `    ${line.response}`];
  });
  const advice = group.lines.find((line) => line.verdict.advice !== '')?.verdict.advice;
  return advice === undefined ? [head, ...lines] : [head, ...lines, `  -> ${advice}`];
}

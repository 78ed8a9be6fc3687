import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { leftByFolder } from '../src/engine/account/left-by-folder.js';
import { type MailboxErrors, select } from '../src/engine/decisions/selection.js';
import { groupErrors } from '../src/engine/triage/error-groups.js';
import { weigh } from '../src/engine/triage/weigh.js';
import type { ErrorGroupEntity } from '../src/protocol/answers.js';
import { Workspace } from '../src/store/batch/workspace.js';
import { Decisions } from '../src/store/decisions/decisions.js';
import { followDecisions } from '../src/store/decisions/follow-decisions.js';
import { EVERYTHING } from '../src/words/decision.js';

/** Messages that one decision of the bench skips, at least. */
const SKIPPED = 200_000;

/** Figures of a process that was just started, in milliseconds and bytes. */
export interface Seen {
  readonly openMs: number;
  /** Processor time of all its threads. */
  readonly openCpuMs: number;
  readonly memory: number;
  readonly failed: number;
  readonly entries: number;
  readonly groups: number;
  /** For the first answer to a console, whole: an engine does nothing else meanwhile. */
  readonly answerMs: number;
  readonly answerBytes: number;
  readonly previewMs: number;
  readonly decideMs: number;
  readonly followMs: number;
  readonly skipped: number;
}

/** Opens all error ledgers of a batch, groups them, and skips in bulk, as an engine does. */
export async function openAndSkip(root: string, name: string): Promise<Seen> {
  const before = process.cpuUsage();
  const [opened, openMs] = await timed(async () => {
    const records = await (await new Workspace(root).open(name)).everyMailbox();
    let failed = 0;
    for (const { errors } of records.values()) failed += errors.open;
    return { records, failed };
  });
  const { user, system } = process.cpuUsage(before);
  const memory = process.memoryUsage().rss;
  const { records, failed } = opened;
  const ledgers = [...records].map(([id, { errors, data }]) => ({
    id,
    email: `${id}@school.example`,
    errors,
    isGivenUp: false,
    leftIn: leftByFolder(data.folders),
  }));
  const [answered, answerMs] = await timed(() => {
    const groups = groupErrors(ledgers);
    return { groups, bytes: JSON.stringify(groups).length };
  });
  const [decision, previewMs] = await timed(() => skipOf(ledgers, answered.groups));
  const decisions = await Decisions.open(join(root, name));
  const [, decideMs] = await timed(() => decisions.add({ ...decision, at: 0, by: 'bench' }));
  const [, followMs] = await timed(() => {
    for (const record of records.values()) followDecisions(record, decisions.all);
  });
  let left = 0;
  for (const { errors } of records.values()) left += errors.open;
  return {
    openMs,
    openCpuMs: (user + system) / 1000,
    memory,
    failed,
    entries: ledgers.reduce((sum, { errors }) => sum + errors.entries.length, 0),
    groups: answered.groups.length,
    answerMs,
    answerBytes: answered.bytes,
    previewMs,
    decideMs,
    followMs,
    skipped: failed - left,
  };
}

/** An order to skip so many groups that they hold enough. */
function skipOf(ledgers: readonly MailboxErrors[], groups: readonly ErrorGroupEntity[]) {
  const keys: string[] = [];
  let messages = 0;
  for (const group of groups.toReversed()) {
    if (messages >= SKIPPED) break;
    keys.push(group.key);
    messages += group.messages;
  }
  const selection = { ...EVERYTHING, groups: keys };
  const standings = ledgers.map(({ id, email }) => ({
    id,
    email,
    held: null,
    leftIn: () => 0,
    left: () => 0,
    uidValidity: () => '1700000001',
  }));
  return weigh(select(ledgers, selection), { do: 'skip', why: 'too old' }, selection, standings, 0).decision;
}

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [result: T, ms: number]> {
  const began = performance.now();
  const result = await work();
  return [result, performance.now() - began];
}

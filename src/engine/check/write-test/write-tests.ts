import type { PlanRow } from '../../../store/batch/batch.js';
import { type Endpoints, endpointKey } from '../../../store/batch/endpoints.js';
import { inParallel } from '../../../store/documents/in-parallel.js';
import type { Clock, Random } from '../../../words/clock.js';
import type { Connect } from '../../imap/connection/transport.js';
import type { Credentials } from '../../imap/session/credentials.js';
import { readFailure } from '../../mailbox/read-failure.js';
import { MailboxAtDestination } from '../../quarantine/mailbox-at-destination.js';
import { sanitise } from '../../responses/sanitise.js';
import type { Census } from '../census.js';
import { type Finding, finding } from '../finding.js';
import { judgeLeft, judgeWritten, keywordFate } from './judge-written.js';
import { mayBeInUse, removeScratch, type ScratchFolder, scratchFoldersIn, stillShownIn } from './scratch-folder.js';
import { newTest } from './test-message.js';
import { tryWrite } from './try-write.js';

/** In which mailboxes a check writes: in none, in one of each destination server, or in all. */
export type WriteTest = 'none' | 'one of each server' | 'each mailbox';

/** Tests that run side by side. */
const AT_ONCE = 4;

/** All that write tests need. */
export interface WriteTesting {
  readonly batch: Endpoints;
  readonly credentials: Credentials;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly random: Random;
  /** No further test is begun; one that is under way removes first what it made. */
  readonly signal: AbortSignal;
}

/** A mailbox that is written to, or cleaned of what an earlier test left. */
export interface Job {
  readonly row: PlanRow;
  readonly what: 'test' | 'clean';
}

/**
 * Picks the mailboxes to write to, in the order of the plan; those with a folder of an earlier test are cleaned.
 *
 * @param censuses  of the mailboxes that could be looked at
 */
export function jobsFor(
  censuses: readonly Pick<Census, 'mailbox' | 'scratchLeft'>[],
  rowOf: (mailbox: string) => PlanRow | undefined,
  where: WriteTest,
): readonly Job[] {
  if (where === 'none') return [];
  const servers = new Set<string>();
  return censuses.flatMap(({ mailbox, scratchLeft }): readonly Job[] => {
    const row = rowOf(mailbox);
    if (row === undefined) return [];
    const key = endpointKey('destination', row);
    const isFirst = !servers.has(key);
    servers.add(key);
    if (isFirst || where === 'each mailbox') return [{ row, what: 'test' }];
    return scratchLeft.length > 0 ? [{ row, what: 'clean' }] : [];
  });
}

/** The result of the test in one mailbox. */
export interface WriteTested extends Job {
  readonly findings: readonly Finding[];
  /** Null: nothing was written. */
  readonly keywords: 'kept' | 'dropped' | null;
}

/** Runs the tests, several at once. The folder of a test that breaks off is removed by the next one. */
export async function runWriteTests(jobs: readonly Job[], testing: WriteTesting): Promise<readonly WriteTested[]> {
  const tested = await inParallel(jobs, AT_ONCE, async (job) => (testing.signal.aborted ? null : runOne(job, testing)));
  return tested.flatMap((one) => one ?? []);
}

async function runOne({ row, what }: Job, testing: WriteTesting): Promise<WriteTested> {
  const { email } = row;
  const findings: Finding[] = [];
  const test = newTest(testing.clock.now(), testing.random);
  let begun = false;
  let keywords: WriteTested['keywords'] = null;
  try {
    const mailbox = await MailboxAtDestination.open(testing, row);
    try {
      findings.push(...(await cleaned(mailbox, email, testing.clock.now())));
      if (what === 'test') {
        begun = true;
        const { written, folder } = await tryWrite(mailbox, test);
        keywords = keywordFate(written);
        findings.push(...judgeWritten(email, written));
        if (folder) findings.push(...(await tidied(mailbox, email, folder)));
      }
    } finally {
      void mailbox.leave();
    }
  } catch (error) {
    const failure = readFailure(error);
    if (!failure) throw error;
    const folder = begun ? test.folder : null;
    findings.push(
      finding('write-test-undone', 'destination', { mailbox: email, folder, told: sanitise(failure.response) }),
    );
  }
  return { row, what, findings, keywords };
}

async function tidied(
  mailbox: MailboxAtDestination,
  email: string,
  folder: ScratchFolder,
): Promise<readonly Finding[]> {
  const { test } = folder;
  const left = await removeScratch(mailbox, folder);
  if (left) return [judgeLeft(email, test.folder, left)];
  const shown = await stillShownIn(mailbox, test);
  return shown.map((name) =>
    finding('write-test-left', 'destination', { mailbox: email, folder: name, messages: 1, told: test.messageId }),
  );
}

/** Removes what earlier tests left, and says so. */
async function cleaned(mailbox: MailboxAtDestination, email: string, now: number): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const folder of scratchFoldersIn(mailbox.listing)) {
    const name = folder.test.folder;
    if (mayBeInUse(folder, now)) {
      findings.push(judgeLeft(email, name, { kind: 'in use' }));
      continue;
    }
    const left = await tidied(mailbox, email, folder);
    findings.push(...left);
    if (left.length === 0)
      findings.push(finding('write-test-cleared', 'destination', { mailbox: email, folder: name }));
  }
  return findings;
}

/** A test says whether a destination keeps keywords: what could not be known of its mailboxes is known then. */
export function settleKeywords(
  findings: readonly Finding[],
  tested: readonly WriteTested[],
  rowOf: (mailbox: string) => PlanRow | undefined,
): readonly Finding[] {
  const fates = new Map(
    tested.flatMap(({ row, keywords }) => (keywords ? [[endpointKey('destination', row), keywords] as const] : [])),
  );
  return findings.flatMap((one) => {
    if (one.kind !== 'keywords-unknown') return [one];
    const row = rowOf(one.mailbox ?? '');
    const fate = row && fates.get(endpointKey('destination', row));
    if (fate === undefined) return [one];
    return fate === 'kept' ? [] : [{ ...one, kind: 'keywords-dropped' as const }];
  });
}

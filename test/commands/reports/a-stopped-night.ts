import { expect } from 'vitest';
import type { EngineParts } from '../../../src/engine/running-engine.js';
import { Workspace } from '../../../src/store/batch/workspace.js';
import type { FakeEngine } from '../../support/fake-engine.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';
import { RUN } from '../a-night.js';
import type { AnOperator } from '../an-operator.js';

/** The files that an engine leaves behind: ann stopped in the middle with a full destination, bob done, eve not begun. */
async function leavesWork(engine: FakeEngine, { store, batch }: EngineParts): Promise<void> {
  const [ann, bob] = await Promise.all(batch.mailboxes.slice(0, 2).map((row) => store.mailbox(row.id)));
  if (!ann || !bob) return expect.unreachable();
  const counts = { ...ann.data.counts, total: 10, copied: 6, failed: 3, left: 1 };
  ann.data.state = { kind: 'copying' };
  ann.data.counts = counts;
  ann.data.folders = [
    { source: 'INBOX', destination: 'INBOX', ledgerId: 'x', counts, uidValidity: '1', settledAt: null, proven: true },
  ];
  const verdict = {
    kind: 'quota',
    code: 'OVERQUOTA',
    scope: 'mailbox',
    next: 'hold',
    waitSeconds: 0,
    advice: { key: 'as-written', text: 'raise the quota' },
    rule: 'r',
    grounds: OF_A_RESPONSE,
  } as const;
  const failure = {
    side: 'destination',
    command: 'APPEND',
    folder: 'INBOX',
    uids: [5, 6, 7],
    response: 'NO [OVERQUOTA] full',
    verdict,
    at: 1_000,
  } as const;
  ann.errors.record(failure);
  bob.errors.record({
    ...failure,
    uids: [1],
    folder: 'Sent',
    response: 'NO [TOOBIG] \u001b[2Jbig',
    verdict: { ...verdict, code: 'TOOBIG', kind: 'message-policy', advice: { key: 'as-written', text: '' } },
  });
  bob.data.state = { kind: 'synced', at: 5_000 };
  bob.data.counts = { ...counts, total: 4, copied: 4, failed: 0, left: 0 };
  await Promise.all([ann.write(), bob.write()]);
  engine.end(3);
}

/** That night is over. */
export async function afterTheNight(operator: AnOperator): Promise<void> {
  operator.work = leavesWork;
  expect(await operator.runs(...RUN)).toBe(3);
  operator.clears();
}

/** An engine runs, until the test ends it. */
export async function duringTheNight(operator: AnOperator): Promise<{ engine: FakeEngine; code: Promise<number> }> {
  operator.work = () => undefined;
  const code = operator.runs(...RUN);
  const who = async () => (await new Workspace(operator.state).open('school').catch(() => null))?.whoRuns();
  await expect.poll(who).toBeTruthy();
  await expect.poll(() => operator.listening).toBeGreaterThan(0);
  operator.clears();
  const engine = operator.engines.at(-1);
  return engine ? { engine, code } : expect.unreachable();
}

import { expect } from 'vitest';
import type { EngineParts } from '../../src/engine/running-engine.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import type { Failure } from '../../src/store/errors/failure.js';
import type { Kind, Verdict } from '../../src/words/verdict.js';
import type { FakeEngine } from '../support/fake-engine.js';
import { OF_A_RESPONSE } from '../support/verdicts/grounds.js';
import type { AnOperator } from './an-operator.js';

/** A plan of three mailboxes. */
export const PLAN = 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,a,a\nbob@x,bob,b,b\neve@x,eve,e,e\n';
export const RUN = ['run', 'school.csv', '--source', 'imaps://old.example', '--destination', 'imaps://new.example'];

const verdict = (kind: Kind, code: string | null, next: Verdict['next'] = 'skip-message'): Verdict => ({
  kind,
  code,
  scope: 'message',
  next,
  waitSeconds: 0,
  advice: { key: 'as-written', text: `about ${kind}` },
  rule: 'r',
  grounds: OF_A_RESPONSE,
});

const failure = (change: Partial<Failure>): Failure => ({
  side: 'destination',
  command: 'APPEND',
  folder: 'INBOX',
  uids: [],
  response: 'NO [OVERQUOTA] Quota exceeded',
  verdict: verdict('quota', 'OVERQUOTA'),
  at: 1_000,
  ...change,
});

/** ann is full (5 in INBOX, 2 in Sent) and held; bob has a message that is too big, and no SELECT of one folder; eve is done. */
async function leavesWork(engine: FakeEngine, { store, batch }: EngineParts): Promise<void> {
  const records = await Promise.all(batch.mailboxes.map((row) => store.mailbox(row.id)));
  const [ann, bob, eve] = records;
  if (!ann || !bob || !eve) return expect.unreachable();
  const folder = (source: string, total: number, failed: number) => ({
    source,
    destination: source,
    ledgerId: source,
    counts: { ...ann.data.counts, total, copied: total - failed, failed },
    uidValidity: '7',
    settledAt: null,
    proven: true,
  });
  ann.data.state = {
    kind: 'held',
    because: { key: 'told', text: 'destination full' },
    asks: { key: 'as-written', text: 'Raise the quota.' },
  };
  ann.data.folders = [folder('INBOX', 20, 5), folder('Sent', 5, 2)];
  ann.data.counts = { ...ann.data.counts, total: 25, copied: 18, failed: 7 };
  ann.errors.record(failure({ uids: [11, 12, 13, 14, 15] }));
  ann.errors.record(failure({ folder: 'Sent', uids: [3, 4] }));
  const tooBig = verdict('message-policy', 'TOOBIG');
  bob.data.folders = [folder('INBOX', 10, 1)];
  bob.data.counts = { ...bob.data.counts, total: 10, copied: 9, failed: 1 };
  bob.errors.record(failure({ uids: [12], response: 'NO [TOOBIG] too big', verdict: tooBig }));
  const unselectable = { command: 'SELECT', folder: 'Broken', response: 'NO no such thing', side: 'source' } as const;
  bob.errors.record(failure({ ...unselectable, verdict: verdict('folder', null, 'skip-folder') }));
  bob.errors.record(
    failure({ uids: [1], response: 'changed on the way', verdict: verdict('message-policy', null, 'note') }),
  );
  bob.data.state = { kind: 'synced', at: 5_000 };
  eve.data.state = { kind: 'synced', at: 5_000 };
  await Promise.all(records.map((record) => record.write()));
  engine.end(3);
}

/** A night is over, and left 9 errors; no engine runs. */
export async function afterTheNight(operator: AnOperator): Promise<void> {
  await operator.writes('school.csv', PLAN);
  operator.work = leavesWork;
  expect(await operator.runs(...RUN)).toBe(3);
  operator.clears();
}

/** The same, and an engine that runs again until it is told to end. */
export async function whileAnEngineRuns(
  operator: AnOperator,
): Promise<{ readonly engine: FakeEngine; readonly ends: () => Promise<void> }> {
  await afterTheNight(operator);
  operator.work = () => undefined;
  const code = operator.runs('resume', 'school', '--plan', 'school.csv');
  await expect.poll(() => operator.engines.length).toBe(2);
  await expect.poll(() => operator.listening).toBeGreaterThan(0);
  await expect.poll(async () => (await new Workspace(operator.state).open('school')).whoRuns()).toBeTruthy();
  operator.clears();
  const engine = operator.engines.at(-1) ?? expect.unreachable();
  const ends = async () => {
    engine.end(0);
    expect(await code).toBe(0);
  };
  return { engine, ends };
}

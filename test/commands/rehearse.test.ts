import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BatchStore } from '../../src/store/batch/batch-store.js';
import { keepInCensus } from '../../src/store/batch/census.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import { nodeContext } from '../../src/store/documents/context.js';
import { NOTHING_NOTED } from '../../src/store/mailbox/pass-schema.js';
import { systemClock } from '../../src/words/clock.js';
import { nightBatch } from '../support/night-batch.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

const workspace = () => new Workspace(join(operator.dir, 'state'), nodeContext);
const rehearses = (...args: string[]) => operator.runs('rehearse', ...args, '--state', join(operator.dir, 'state'));

/** A batch that was made, and of which early looks found so many messages of 50,000 bytes each; null: nobody looked. */
async function aBatch(
  messages: readonly (number | null)[],
  more: Parameters<typeof nightBatch>[0]['options'] = {},
): Promise<BatchStore> {
  const users = messages.map((_, at) => `user${at + 1}`);
  const batch = nightBatch({ users, options: { concurrency: 2, ...more }, now: systemClock.now() });
  const store = await workspace().create(batch);
  const looks = await store.looks();
  for (const [at, many] of messages.entries())
    if (many !== null)
      looks.found(users[at]!, { messages: many, bytes: many * 50_000, newest: null, at: systemClock.now() });
  await looks.save();
  return store;
}

const last = () => JSON.parse(operator.out.lines.at(-1)!) as Record<string, unknown>;

it('says of a batch when all is done, draws it, and names what it goes by', async () => {
  await aBatch([1_000, 2_000, 500]);
  expect(await rehearses('night')).toBe(0);
  expect(operator.out.lines[0]).toMatch(
    /^Begun at \d\d:\d\d, the last one is done at \d\d:\d\d \(90%: \d\d:\d\d to \d\d:\d\d\)\.$/,
  );
  expect(operator.out.lines.filter((line) => /^user\d@night\.example +.*█/.test(line))).toHaveLength(3);
  expect(operator.out.text).toContain('pace: assumed, nothing was moved between these servers yet');
  // No server is asked anything.
  expect(operator.started).toEqual([]);
});

it('ends with 3 where not all are done by the hour, and says who is not, why, and what would help', async () => {
  await aBatch([400_000, 400_000, 400_000, 400_000, 100], { order: 'plan' });
  expect(await rehearses('night', '--start', '20:00', '--by', '06:00')).toBe(3);
  expect(operator.out.lines[0]).toMatch(/^By 06:00 \d of 5 mailboxes are synced \(90%: \d to \d\)\.$/);
  expect(operator.out.text).toMatch(
    /Not by 06:00: \d mailboxes\n {2}\d (for their size|since 2 mailboxes are at work at once): user/,
  );
  expect(operator.out.text).toContain('would help: ');
});

it('ends with 0 where all are done by the hour', async () => {
  await aBatch([10, 20]);
  expect(await rehearses('night', '--start', '20:00', '--by', '06:00')).toBe(0);
  expect(operator.out.lines[0]).toBe('By 06:00 2 of 2 mailboxes are synced.');
});

it('says of how many mailboxes nobody knows anything, and takes them for the others', async () => {
  await aBatch([1_000, null, 2_000]);
  expect(await rehearses('night')).toBe(0);
  expect(operator.out.text).toContain(
    'unknown: nobody looked into 1 mailbox, taken for middling ones: `nightferry check` counts them',
  );
});

it('goes by what former batches between the same servers took', async () => {
  const store = await aBatch([1_000]);
  const record = await store.mailbox('user1');
  record.data.passes = [{ startedAt: 1_000_000, endedAt: 1_100_000, ...NOTHING_NOTED }];
  record.data.counts = { ...record.data.counts, total: 1_000, copied: 1_000, bytesTotal: 5e7, bytesCopied: 5e7 };
  await record.write();
  const users = ['ann', 'ben'];
  const batch = { ...nightBatch({ users, now: systemClock.now() }), name: 'second' };
  await workspace().create(batch);
  expect(await rehearses('second')).toBe(0);
  expect(operator.out.text).toContain('pace: measured on 1 mailbox of night, up to 1 at once: ');
});

it('goes by the census of a plan that was checked, and prints rows and lines for programs', async () => {
  await operator.writes('school.csv', 'EmailAddress,UserName,Password\nann@x,ann,p\nben@x,ben,p\n');
  const plan = join(operator.dir, 'school.csv');
  const urls = ['--source', 'imaps://old.example', '--destination', 'imaps://new.example'];
  expect(await rehearses(plan, ...urls, '--json')).toBe(0);
  expect(last()).toMatchObject({
    v: 2,
    type: 'rehearsal',
    mailboxes: 2,
    by: null,
    pace: { origin: { kind: 'assumed' } },
  });
  const [first] = operator.out.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toMatchObject({ type: 'mailbox', mailbox: 'ann@x', known: 'guessed' });
  operator.out.text = '';
  expect(await rehearses(plan, ...urls, '--csv', '--by', '06:00', '--start', '20:00')).toBe(0);
  const rows = parse(operator.out.text, { columns: true }) as Record<string, string>[];
  expect(rows.map(({ mailbox, known }) => [mailbox, known])).toEqual([
    ['ann@x', 'guessed'],
    ['ben@x', 'guessed'],
  ]);
});

it('says of an old census when it was taken', async () => {
  await operator.writes('school.csv', 'EmailAddress,UserName,Password\nann@x,ann,p\n');
  const plan = join(operator.dir, 'school.csv');
  const urls = ['--source', 'imaps://old.example', '--destination', 'imaps://new.example'];
  const counted = async (hoursAgo: number) => {
    const source = { host: 'old.example', port: 993 };
    const users = ['ann'];
    const batch = nightBatch({ users, now: systemClock.now(), endpoints: { source } });
    const row = { ...batch.mailboxes[0]!, email: 'ann@x', sourceUser: 'ann' };
    const census = await workspace().census('school');
    const at = systemClock.now() - hoursAgo * 3_600_000;
    keepInCensus(census, batch, row, { messages: 5, bytes: 500, newest: null, at });
    await workspace().keepCensus('school', census);
    operator.out.text = '';
    expect(await rehearses(plan, ...urls)).toBe(0);
    return operator.out.text;
  };
  expect(await counted(40)).toMatch(/^sizes: as a check counted them at \d+ \w{3} \d\d:\d\d; mail that came since/m);
  expect(await counted(0)).not.toContain('sizes:');
});

it.each([
  [['night', '--by', '25:00'], '--by: an hour of the day is expected'],
  [['night', '--start', 'soon'], '--start: an hour of the day is expected'],
  [['nowhere.csv', '--source', 'imaps://a.example', '--destination', 'imaps://b.example'], 'nowhere.csv'],
])('refuses %j in one line', async (args, said) => {
  await aBatch([1]);
  expect(await rehearses(...args)).toBe(2);
  expect(operator.err.lines).toHaveLength(1);
  expect(operator.err.text).toContain(said);
});

it('fits the width of a terminal', async () => {
  await aBatch(Array.from({ length: 40 }, (_, at) => 100 * at));
  for (const width of [80, 120]) {
    operator.out.text = '';
    operator.out.width = width;
    await rehearses('night', '--all');
    const chart = operator.out.lines.filter((line) => line.startsWith('user'));
    expect(chart).toHaveLength(40);
    expect(Math.max(...chart.map((line) => line.length))).toBeLessThanOrEqual(width);
  }
});

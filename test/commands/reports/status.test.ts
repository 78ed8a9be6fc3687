import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMailbox } from '../../support/fake-engine.js';
import { afterTheNight as afterNineErrors, PLAN } from '../a-night.js';
import { AnOperator } from '../an-operator.js';
import { afterTheNight, duringTheNight } from './a-stopped-night.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  await operator.writes('school.csv', PLAN);
});
afterEach(() => operator.goesHome());

const printed = () => JSON.parse(operator.out.text);

it('says of a --state that is a file that it is none, in one line', async () => {
  const file = await operator.writes('a-file', '');
  expect(await operator.runs('status', '--state', file)).toBe(2);
  expect(operator.err.text).toBe(`nightferry: --state: ${file} is no folder\n`);
});

describe('status', () => {
  it('says how to begin where there is no batch', async () => {
    expect(await operator.runs('status')).toBe(0);
    expect(operator.out.text).toMatch(/no batches yet/);
    expect(await operator.clears().runs('status', '--json')).toBe(0);
    expect(printed()).toEqual({ version: 2, batches: [] });
  });

  it('says which mailboxes need you and why, on a narrow terminal too; and which batches do', async () => {
    await afterNineErrors(operator);
    operator.out.width = 80;
    expect(await operator.runs('status', 'school', '--needs-you')).toBe(0);
    expect(operator.out.lines[1]).toBe('1 done, 2 need you, 0 accepted or given up, 0 under way or waiting');
    expect(operator.out.lines[2]).toBe('MAILBOX  MESSAGES  COPIED  LEFT  ERRORS  STATE       WHY');
    expect(operator.out.lines[3]).toBe('ann@x          25      18     0       7  held        destination full');
    expect(operator.out.lines[4]).toMatch(/^bob@x {10}10 {7}9 {5}0 {7}2 {2}incomplete {2}\S.*$/);
    for (const line of operator.out.lines.slice(2)) expect(line.length).toBeLessThanOrEqual(80);
    await operator.clears().runs('status', 'school', '--needs-you', '--json');
    expect(printed().mailboxes.map(({ email }: { email: string }) => email)).toEqual(['ann@x', 'bob@x']);
    await operator.clears().runs('status', '--json');
    expect(printed().batches).toMatchObject([{ name: 'school', needs: 2 }]);
    await operator.clears().runs('status');
    expect(operator.out.lines[1]).toMatch(/^school {2}not running {10}3 {9}2 {2}imaps/);
  });

  it('lists batches', async () => {
    await afterTheNight(operator);
    expect(await operator.runs('status')).toBe(0);
    expect(operator.out.lines[1]).toMatch(
      /^school {2}not running {10}3 {9}1 {2}imaps:\/\/old\.example:993 {2}imaps:\/\/new\.example:993/,
    );
    expect(await operator.clears().runs('status', '--json')).toBe(0);
    expect(printed().batches).toMatchObject([{ name: 'school', running: false, mailboxes: 3 }]);
  });

  it('tells from the files where each mailbox stands when no engine runs', async () => {
    await afterTheNight(operator);
    expect(await operator.runs('status', 'school', '--json')).toBe(0);
    const { batch, mailboxes } = printed();
    expect(batch).toMatchObject({
      name: 'school',
      state: 'stopped',
      mailboxes: 3,
      errors: 4,
      counts: { total: 14, copied: 10, failed: 3, left: 1 },
    });
    expect(batch.byState).toMatchObject({ stopped: 1, synced: 1, queued: 1, copying: 0 });
    expect(mailboxes).toMatchObject([
      {
        email: 'ann@x',
        state: { kind: 'stopped' },
        errors: 3,
        lastResponse: { side: 'destination', text: 'NO [OVERQUOTA] full' },
        folders: [{ source: 'INBOX' }],
      },
      { email: 'bob@x', state: { kind: 'synced', at: 5_000 } },
      { email: 'eve@x', state: { kind: 'queued' }, attempts: 0 },
    ]);
    expect(await operator.clears().runs('status', 'school')).toBe(0);
    expect(operator.out.lines[0]).toMatch(/^school stopped: 3 mailboxes from imaps:/);
    expect(operator.out.lines[1]).toBe(
      '0 done, 1 needs you, 0 accepted or given up, 1 under way or waiting, 1 stopped before the end',
    );
    // Bob went through, and a message of his waits for a decision.
    expect(operator.out.lines[3]).toMatch(/^bob@x +4 /);
    expect(operator.out.lines[4]).toMatch(/^ann@x +10 +6 .* 3 {2}stopped$/);
  });

  it('asks the engine while one runs, and prints the same shape', async () => {
    await afterTheNight(operator);
    await operator.runs('status', 'school', '--json');
    const shape = (value: unknown): unknown => Object.keys(value as object).sort();
    const resting = printed();
    await operator.clears().runs('delete', 'school', '--yes');
    const { engine, code } = await duringTheNight(operator);
    engine.publish({ type: 'mailbox', mailbox: aMailbox('ann_x', { state: { kind: 'verifying' } }) });
    expect(await operator.runs('status', 'school', '--json')).toBe(0);
    const live = printed();
    expect(live.mailboxes.find((one: { id: string }) => one.id === 'ann_x').state).toEqual({ kind: 'verifying' });
    expect([shape(live), shape(live.batch), shape(live.mailboxes[0])]).toEqual([
      shape(resting),
      shape(resting.batch),
      shape(resting.mailboxes[0]),
    ]);
    engine.end(0);
    await code;
  });
});

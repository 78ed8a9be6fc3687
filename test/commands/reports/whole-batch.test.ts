import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../../../src/store/batch/workspace.js';
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

describe('a batch whose engine does not answer', () => {
  it('is not called one that does not run: whoever runs it is named, by every command', async () => {
    await afterTheNight(operator);
    const store = await new Workspace(operator.state).open('school');
    const lock = await store.lockEngine({ socketPath: join(operator.dir, 'nobody.sock') });
    try {
      const why = `the batch school is run by process ${process.pid} on ${hostname()}, which answers at no socket here`;
      expect(await operator.clears().runs('pause', 'school')).toBe(2);
      expect(operator.err.text).toContain(why);
      expect(await operator.clears().runs('status', 'school')).toBe(0);
      expect(operator.err.text).toBe(`note: ${why}; this is what its files say\n`);
      expect(operator.out.text).toContain('ann@x');
    } finally {
      await lock.release();
    }
    expect(await operator.clears().runs('pause', 'school')).toBe(2);
    expect(operator.err.text).toContain('the batch school is not running');
  });
});

describe('pause and continue', () => {
  it('reach the engine, for the batch or one mailbox by its address, and say what it refuses', async () => {
    const { engine, code } = await duringTheNight(operator);
    expect(await operator.runs('pause', 'school')).toBe(0);
    expect(operator.out.text).toBe('school pauses when what is in flight has reached its end\n');
    expect(await operator.clears().runs('continue', 'school', '--mailbox', 'Ann@X', '--json')).toBe(0);
    const [ann] = engine.status().mailboxes;
    expect(printed()).toEqual({ version: 2, batch: 'school', mailbox: ann?.id, pausing: false });
    expect(engine.commands).toEqual([
      { do: 'pause', mailbox: null },
      { do: 'continue', mailbox: ann?.id },
    ]);
    engine.answers = () => ({ ok: false, why: 'the batch is not paused' });
    expect(await operator.clears().runs('continue', 'school')).toBe(2);
    expect(operator.err.text).toBe('nightferry: the engine of school says: the batch is not paused\n');
    engine.end(0);
    await code;
    expect(await operator.clears().runs('pause', 'school')).toBe(2);
    expect(operator.err.text).toContain('the batch school is not running');
  });
});

describe('stop', () => {
  it('stops a batch, or one mailbox by its address', async () => {
    const { engine, code } = await duringTheNight(operator);
    expect(await operator.runs('stop', 'school', '--mailbox', 'Bob@X', '--now')).toBe(0);
    expect(await operator.runs('stop', 'school', '--json')).toBe(0);
    expect(engine.commands).toEqual([
      { do: 'stop', how: 'now', mailbox: 'bob_x' },
      { do: 'stop', how: 'drain', mailbox: null },
    ]);
    expect(JSON.parse(operator.out.lines[1] ?? '')).toEqual({
      version: 2,
      batch: 'school',
      mailbox: null,
      stopping: 'drain',
    });
    engine.answers = () => ({ ok: false, why: 'it is over' });
    expect(await operator.runs('stop', 'school')).toBe(2);
    expect(await operator.runs('stop', 'school', '--mailbox', 'rob@x')).toBe(2);
    expect(operator.err.lines).toEqual([
      'nightferry: the engine of school says: it is over',
      'nightferry: the batch school has no mailbox rob@x; `nightferry status school` lists them',
    ]);
    engine.end(4);
    expect(await code).toBe(4);
    expect(await operator.clears().runs('stop', 'school')).toBe(2);
    expect(operator.err.lines).toEqual(['nightferry: the batch school is not running']);
  });
});

describe('delete', () => {
  it('forgets a batch, but not while its engine runs', async () => {
    const { engine, code } = await duringTheNight(operator);
    expect(await operator.runs('delete', 'school', '--yes')).toBe(2);
    engine.end(0);
    await code;
    expect(await operator.clears().runs('delete', 'school', '--yes')).toBe(0);
    expect(operator.out.text).toBe('deleted school\n');
    expect(await operator.stored()).toEqual([]);
  });

  it('says what is lost and asks; where nobody can answer it wants --yes', async () => {
    await afterNineErrors(operator);
    expect(await operator.runs('delete', 'school')).toBe(2);
    expect(operator.err.lines).toEqual([
      'nightferry: delete: school: the ledger of 27 messages in 3 mailboxes and 9 open failures are forgotten. The mail itself stays at both servers; the same move again compares all of it anew. Give --yes to delete it',
    ]);
    operator.types = ['n', 'y'];
    expect(await operator.clears().runs('delete', 'school')).toBe(0);
    expect(operator.err.text).toContain('and 9 open failures are forgotten');
    expect(operator.err.text).toContain('school was not deleted');
    expect(await operator.stored()).not.toEqual([]);
    expect(await operator.clears().runs('delete', 'school')).toBe(0);
    expect(operator.questions).toEqual(['Delete school?', 'Delete school?']);
    expect(await operator.stored()).toEqual([]);
  });
});

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectEngine, type EngineClient } from '../../../src/protocol/client.js';
import { Workspace } from '../../../src/store/batch/workspace.js';
import { systemClock } from '../../../src/words/clock.js';
import { AnOperator } from '../an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  give();
});
afterEach(() => operator.goesHome());

const MOVE = ['move', 'imaps://ann@old.example', 'imaps://ann@new.example'];
const SERVERS = ['--source', 'imaps://old.example', '--destination', 'imaps://new.example'];
const PLAN =
  'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,hunter2,hunter3\nbob@x,bob,hunter4,hunter5\n';

function give(): void {
  Object.assign(operator.env, { NIGHTFERRY_SOURCE_PASSWORD: 's', NIGHTFERRY_DESTINATION_PASSWORD: 'd' });
}

async function theBatch(): Promise<string> {
  const [name, ...more] = await new Workspace(operator.state).list();
  expect(more).toEqual([]);
  return name ?? '';
}

async function theConsole(): Promise<EngineClient> {
  const store = await new Workspace(operator.state).open(await theBatch());
  const who = await store.whoRuns();
  return connectEngine(who?.socketPath ?? '', { clock: systemClock, program: '0.1.0' });
}

/** A run that stays until the test ends it. @returns its exit code, later */
async function running(...argv: string[]): Promise<Promise<number>[]> {
  operator.work = () => undefined;
  const before = operator.engines.length;
  const code = operator.runs(...argv);
  await expect.poll(() => operator.engines.length > before && operator.listening > 0).toBe(true);
  await delay(20);
  return [code];
}

const engine = () => {
  const last = operator.engines.at(-1);
  if (!last) throw new Error('no engine was started');
  return last;
};

describe('a batch in the foreground', () => {
  it.each([0, 3, 4])('ends with the exit code of its engine (%i)', async (code) => {
    operator.work = (one) => one.end(code);
    expect(await operator.runs(...MOVE)).toBe(code);
  });

  it('prints timestamped lines, or JSON with --json', async () => {
    expect(await operator.runs(...MOVE)).toBe(0);
    expect(operator.out.lines[0]).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:]{8}Z batch ann-to-ann-[0-9a-f]{8}: 1 mailbox from imaps:/,
    );
    give();
    operator.clears();
    expect(await operator.runs(...MOVE, '--json')).toBe(0);
    const events = operator.out.lines.map((line) => JSON.parse(line));
    expect(events.map((one) => one.type)).toEqual(['batch', 'end']);
  });

  it('holds its lock and its socket while it runs, and leaves neither', async () => {
    const [code] = await running(...MOVE);
    const console = await theConsole();
    expect((await console.status()).mailboxes).toHaveLength(1);
    const who = await (await new Workspace(operator.state).open(await theBatch())).whoRuns();
    expect(who?.pid).toBe(process.pid);
    engine().end(0);
    expect(await code).toBe(0);
    await console.closed;
    await expect(stat(who?.socketPath ?? '')).rejects.toThrow('ENOENT');
    expect(await (await new Workspace(operator.state).open(await theBatch())).whoRuns()).toBeNull();
    expect(operator.listening).toBe(0);
  });

  it('gives up lock and socket when the engine breaks, and says that this is a bug', async () => {
    operator.work = () => {
      throw new Error('unexpected');
    };
    expect(await operator.runs(...MOVE)).toBe(1);
    expect(operator.err.text).toMatch(/a bug in nightferry 0\.1\.0: Error: unexpected\n\s+at /);
    give();
    operator.clears();
    operator.work = (one) => one.end(0);
    expect(await operator.runs(...MOVE)).toBe(0);
  });

  it('warns each time of a line in plaintext', async () => {
    const plain = ['move', 'imap://ann@127.0.0.1:10143', 'imap://ann@127.0.0.1:11143'];
    expect(await operator.runs(...plain, '--insecure-plaintext')).toBe(0);
    expect(operator.err.lines).toHaveLength(2);
    expect(operator.err.lines[0]).toMatch(/^warning: source imap:\/\/127\.0\.0\.1:10143 is spoken to in plaintext/);
    expect(operator.started[0]?.batch.source.security).toBe('plaintext');
    give();
    operator.clears();
    expect(await operator.runs('resume', await theBatch())).toBe(0);
    expect(operator.err.lines).toHaveLength(2);
    give();
    operator.clears();
    expect(await operator.runs(...plain)).toBe(0);
    expect(operator.err.lines).toEqual([]);
    expect(operator.started[2]?.batch.source.security).toBe('starttls');
  });
});

describe('an interrupt', () => {
  it('drains at the first, drops at the second, and ends in 130', async () => {
    const [code] = await running(...MOVE);
    operator.signals('SIGINT');
    operator.signals('SIGTERM');
    operator.signals('SIGINT');
    expect(engine().commands).toEqual([
      { do: 'stop', how: 'drain', mailbox: null },
      { do: 'stop', how: 'now', mailbox: null },
    ]);
    engine().end(4);
    expect(await code).toBe(130);
  });

  it('once, is a stop before the end', async () => {
    const [code] = await running(...MOVE);
    operator.signals('SIGTERM');
    engine().end(4);
    expect(await code).toBe(4);
  });

  it('by a lost terminal stops nothing', async () => {
    const [code] = await running(...MOVE);
    operator.out.closed = true;
    operator.signals('SIGHUP');
    engine().publish({ type: 'batch', batch: { ...engine().status().batch, now: 1 } });
    expect(engine().commands).toEqual([]);
    engine().end(0);
    expect(await code).toBe(0);
  });

  it('ends the wait for a reader that has stalled, when the lock is free again', async () => {
    operator.out.stalled = new Promise(() => undefined);
    const [code] = await running(...MOVE);
    engine().end(0);
    await expect.poll(async () => (await new Workspace(operator.state).open(await theBatch())).whoRuns()).toBeNull();
    expect(await Promise.race([code, delay(50).then(() => 'waits')])).toBe('waits');
    operator.signals('SIGINT');
    expect(await code).toBe(130);
  });
});

describe('the same move again', () => {
  it('goes on with its batch', async () => {
    expect(await operator.runs(...MOVE, '--exclude', 'Trash')).toBe(0);
    give();
    expect(await operator.runs(...MOVE, '--max-size', '5M')).toBe(0);
    await theBatch();
    const [first, second] = operator.started;
    expect(second?.batch.createdAt).toBe(first?.batch.createdAt);
    expect(second?.batch.options).toEqual({ ...first?.batch.options, maxSize: 5 * 1024 ** 2 });
    expect(second?.store.batch.options.maxSize).toBeNull();
  });

  it('with other folders is refused, as is another pair under its name', async () => {
    expect(await operator.runs(...MOVE, '--name', 'm')).toBe(0);
    give();
    expect(await operator.runs(...MOVE, '--name', 'm', '--folder-prefix', 'Old')).toBe(2);
    expect(operator.err.lines.at(-1)).toMatch(/--folder-prefix is not what the batch m was started with/);
    give();
    expect(await operator.runs('move', 'imaps://eve@old.example', 'imaps://ann@new.example', '--name', 'm')).toBe(2);
    expect(operator.err.lines.at(-1)).toMatch(/the batch m has another source/);
    expect(operator.started).toHaveLength(1);
  });

  it('is refused while it runs, before a password is asked for', async () => {
    const [code] = await running(...MOVE);
    operator.types = ['x', 'y'];
    expect(await operator.runs(...MOVE)).toBe(2);
    expect(operator.err.lines[0]).toMatch(/is running \(process \d+/);
    expect(operator.questions).toEqual([]);
    engine().end(0);
    await code;
  });
});

describe('resume', () => {
  beforeEach(async () => {
    await operator.writes('school.csv', PLAN);
    expect(await operator.runs('run', 'school.csv', ...SERVERS)).toBe(0);
    operator.clears();
  });

  const secrets = async () => {
    const { credentials, batch } = operator.started.at(-1) ?? expect.unreachable();
    return Promise.all(
      batch.mailboxes.map(async (row) => {
        const given = await credentials.get('source', row, false);
        return given.kind === 'password' ? given.password.reveal() : 'token';
      }),
    );
  };

  it('reads the plan again for its passwords, whatever order they stand in', async () => {
    await operator.writes(
      'school.csv',
      `${PLAN.split('\n').toSpliced(1, 1).join('\n')}new@x,new,n,n\nann@x,ann,changed,hunter3\n`,
    );
    expect(await operator.runs('resume', 'school')).toBe(0);
    expect(await secrets()).toEqual(['changed', 'hunter4']);
    expect(operator.started.at(-1)?.batch.mailboxes).toHaveLength(2);
  });

  it('takes another plan, or a command where the plan is gone', async () => {
    await operator.writes('other.csv', PLAN.replace('hunter2', 'moved'));
    await import('node:fs/promises').then((fs) => fs.rm(join(operator.dir, 'school.csv')));
    expect(await operator.runs('resume', 'school', '--plan', 'other.csv')).toBe(0);
    expect(await secrets()).toEqual(['moved', 'hunter4']);
    const get = (side: string) => [`--${side}-password-command`, 'echo {email}'];
    expect(await operator.runs('resume', 'school', ...get('source'), ...get('destination'))).toBe(0);
    expect(await secrets()).toEqual(['ann@x', 'bob@x']);
    expect(await operator.runs('resume', 'school')).toBe(2);
    expect(operator.err.lines.at(-1)).toMatch(/school\.csv: there is no such file; --plan names/);
  });

  it('names the mailbox that the plan no longer gives a password for', async () => {
    await operator.writes('school.csv', PLAN.replace('bob@x', 'rob@x'));
    expect(await operator.runs('resume', 'school')).toBe(2);
    expect(operator.err.lines).toEqual([expect.stringMatching(/school\.csv, row 3 \(bob@x\): no source password/)]);
  });

  it('of a running batch is refused', async () => {
    const [code] = await running('resume', 'school');
    expect(await operator.runs('resume', 'school')).toBe(2);
    expect(operator.err.lines.at(-1)).toMatch(/the batch school is running/);
    engine().end(0);
    await code;
  });

  it('remembers the absolute path of the plan and the options, and no secret', async () => {
    const stored = await readFile(join(operator.state, 'school', 'batch.json'), 'utf8');
    expect(JSON.parse(stored)).toMatchObject({ planPath: join(operator.dir, 'school.csv'), name: 'school' });
    expect(stored).not.toMatch(/hunter/);
  });
});

import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/commands/catalogue.js';
import type { EngineParts } from '../../src/engine/running-engine.js';
import type { ErrorGroupEntity } from '../../src/protocol/answers.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import { aMailbox, type FakeEngine } from '../support/fake-engine.js';
import { afterTheNight as afterNineErrors } from './a-night.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  await operator.writes('school.csv', PLAN);
});
afterEach(() => operator.goesHome());

const PLAN = 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,a,a\nbob@x,bob,b,b\neve@x,eve,e,e\n';
const RUN = ['run', 'school.csv', '--source', 'imaps://old.example', '--destination', 'imaps://new.example'];

/** The files that an engine leaves behind: ann stopped in the middle with a full destination, bob done, eve not begun. */
async function leavesWork(engine: FakeEngine, { store, batch }: EngineParts): Promise<void> {
  const [ann, bob] = await Promise.all(batch.mailboxes.slice(0, 2).map((row) => store.mailbox(row.id)));
  if (!ann || !bob) return expect.unreachable();
  const counts = { ...ann.data.counts, total: 10, copied: 6, failed: 3, left: 1 };
  ann.data.state = { kind: 'copying' };
  ann.data.counts = counts;
  ann.data.folders = [
    { source: 'INBOX', destination: 'INBOX', ledgerId: 'x', counts, uidValidity: '1', settledAt: null },
  ];
  const verdict = {
    kind: 'quota',
    code: 'OVERQUOTA',
    scope: 'mailbox',
    next: 'hold',
    waitSeconds: 0,
    advice: 'raise the quota',
    rule: 'r',
    reason: '',
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
    verdict: { ...verdict, code: 'TOOBIG', kind: 'message-policy', advice: '' },
  });
  bob.data.state = { kind: 'synced', at: 5_000 };
  bob.data.counts = { ...counts, total: 4, copied: 4, failed: 0, left: 0 };
  await Promise.all([ann.write(), bob.write()]);
  engine.end(3);
}

async function afterTheNight(): Promise<void> {
  operator.work = leavesWork;
  expect(await operator.runs(...RUN)).toBe(3);
  operator.clears();
}

async function duringTheNight(): Promise<{ engine: FakeEngine; code: Promise<number> }> {
  operator.work = () => undefined;
  const code = operator.runs(...RUN);
  const who = async () => (await new Workspace(operator.state).open('school').catch(() => null))?.whoRuns();
  await expect.poll(who).toBeTruthy();
  await expect.poll(() => operator.listening).toBeGreaterThan(0);
  operator.clears();
  const engine = operator.engines.at(-1);
  return engine ? { engine, code } : expect.unreachable();
}

const printed = () => JSON.parse(operator.out.text);

describe('a batch whose engine does not answer', () => {
  it('is not called one that does not run: whoever runs it is named, by every command', async () => {
    await afterTheNight();
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
    expect(operator.out.lines[1]).toBe('1 done, 2 need you, 0 with mail left out by decision, 0 under way or waiting');
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
    await afterTheNight();
    expect(await operator.runs('status')).toBe(0);
    expect(operator.out.lines[1]).toMatch(
      /^school {2}not running {10}3 {9}1 {2}imaps:\/\/old\.example:993 {2}imaps:\/\/new\.example:993/,
    );
    expect(await operator.clears().runs('status', '--json')).toBe(0);
    expect(printed().batches).toMatchObject([{ name: 'school', running: false, mailboxes: 3 }]);
  });

  it('tells from the files where each mailbox stands when no engine runs', async () => {
    await afterTheNight();
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
    expect(operator.out.lines[1]).toBe('0 done, 1 needs you, 0 with mail left out by decision, 2 under way or waiting');
    // Bob went through, and a message of his waits for a decision.
    expect(operator.out.lines[3]).toMatch(/^bob@x +4 /);
    expect(operator.out.lines[4]).toMatch(/^ann@x +10 +6 .* 3 {2}stopped$/);
  });

  it('asks the engine while one runs, and prints the same shape', async () => {
    await afterTheNight();
    await operator.runs('status', 'school', '--json');
    const shape = (value: unknown): unknown => Object.keys(value as object).sort();
    const resting = printed();
    await operator.clears().runs('delete', 'school', '--yes');
    const { engine, code } = await duringTheNight();
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

describe('errors', () => {
  it('groups what failed by response code, most messages first, harmless for a terminal', async () => {
    await afterTheNight();
    expect(await operator.runs('errors', 'school')).toBe(0);
    const each = operator.out.lines;
    expect(await operator.clears().runs('errors', 'school', '--all')).toBe(0);
    expect(operator.out.lines).toEqual([
      'OVERQUOTA, quota: 3 messages in 1 mailbox',
      '  ann@x destination APPEND INBOX UID 5:7 (1 time, last 1970-01-01T00:00:01Z)',
      '    NO [OVERQUOTA] full',
      '  -> raise the quota',
      'TOOBIG, message-policy: 1 message in 1 mailbox',
      '  bob@x destination APPEND Sent UID 1 (1 time, last 1970-01-01T00:00:01Z)',
      '    NO [TOOBIG] ?[2Jbig',
    ]);
    expect(each).toEqual(operator.out.lines);
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    expect(printed().groups).toMatchObject([
      { code: 'OVERQUOTA', messages: 3, entries: [{ mailbox: 'ann@x', uids: '5:7' }] },
      { code: 'TOOBIG' },
    ]);
  });

  it('are those of the running engine, of the same shape as from the files; cut short by it, those of the files', async () => {
    await afterTheNight();
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    const fromFiles: ErrorGroupEntity[] = printed().groups;
    operator.clears();
    const engineHas = fromFiles.map((group) => ({ ...group, messages: 77 }));
    operator.work = () => undefined;
    const code = operator.runs('resume', 'school', '--plan', 'school.csv');
    await expect.poll(() => operator.engines.length).toBe(2);
    const engine = operator.engines.at(-1) ?? expect.unreachable();
    await expect.poll(() => operator.listening).toBeGreaterThan(0);
    engine.answers = () => ({ ok: true, errors: engineHas });
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    expect(printed().groups).toEqual(engineHas);
    engine.answers = () => ({ ok: true, errors: engineHas.map((group) => ({ ...group, size: 9_999 })) });
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    expect(printed().groups).toEqual(fromFiles);
    expect(engine.attending).toBe(0);
    engine.end(0);
    expect(await code).toBe(0);
  });

  it('are a line a response code where more failed than a screen shows', async () => {
    operator.work = async (engine, { store, batch }) => {
      const ann = await store.mailbox(batch.mailboxes[0]?.id ?? '');
      const verdict = {
        kind: 'folder',
        code: null,
        scope: 'folder',
        next: 'skip-folder',
        waitSeconds: 0,
        advice: 'look',
        rule: 'r',
        reason: '',
      } as const;
      for (let at = 0; at < 20; at++) {
        const place = { side: 'destination', command: 'SELECT', folder: `F${at}`, at: 1_000 } as const;
        ann.errors.record({ ...place, uids: [], response: `NO it is ${at}`, verdict: { ...verdict, rule: `r${at}` } });
      }
      await ann.write();
      engine.end(3);
    };
    await operator.runs(...RUN);
    expect(await operator.clears().runs('errors', 'school')).toBe(0);
    expect(operator.out.lines.at(-1)).toBe('`nightferry errors school --all` lists each failure, `--csv` each message');
    expect(operator.out.lines.length).toBeLessThan(10);
    expect(await operator.clears().runs('errors', 'school', '--all')).toBe(0);
    expect(operator.out.lines.length).toBeGreaterThan(20);
  });

  it('keeps what was stored changed apart from what was refused, though both are of one kind', async () => {
    operator.work = async (engine, { store, batch }) => {
      const ann = await store.mailbox(batch.mailboxes[0]?.id ?? '');
      const policy = {
        kind: 'message-policy',
        code: null,
        scope: 'message',
        waitSeconds: 0,
        advice: '',
        rule: 'r',
      } as const;
      const place = { side: 'destination', command: 'APPEND', folder: 'INBOX', at: 1_000 } as const;
      const altered = 'stored, but changed by the destination';
      ann.errors.record({
        ...place,
        uids: [1, 2],
        response: altered,
        verdict: { ...policy, next: 'note', reason: '' },
      });
      ann.errors.record({
        ...place,
        uids: [3],
        response: 'NO no',
        verdict: { ...policy, next: 'skip-message', reason: '' },
      });
      await ann.write();
      engine.end(3);
    };
    await operator.runs(...RUN);
    expect(await operator.clears().runs('errors', 'school', '--all')).toBe(0);
    expect(operator.out.lines.filter((line) => !line.startsWith(' '))).toEqual([
      '(no code), message-policy: 1 message in 1 mailbox',
      'noted: (no code), message-policy: 2 messages in 1 mailbox',
    ]);
    await operator.clears().runs('errors', 'school', '--json');
    expect(printed().groups.map((group: { standing: string }) => group.standing)).toEqual(['open', 'settled']);
    await operator.clears().runs('status', 'school', '--json');
    expect(printed().batch.errors).toBe(1);
  });

  it('says that nothing failed', async () => {
    expect(await operator.runs(...RUN)).toBe(0);
    expect(await operator.clears().runs('errors', 'school')).toBe(0);
    expect(operator.out.lines).toEqual(['school: nothing failed']);
  });
});

describe('pause and continue', () => {
  it('reach the engine, for the batch or one mailbox by its address, and say what it refuses', async () => {
    const { engine, code } = await duringTheNight();
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
    const { engine, code } = await duringTheNight();
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
    const { engine, code } = await duringTheNight();
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

describe('explain', () => {
  it('says what a line means', async () => {
    expect(
      await operator.runs('explain', 'NO [OVERQUOTA] \u001b[2Jfull', '--command', 'APPEND', '--side', 'destination'),
    ).toBe(0);
    expect(operator.out.text).toMatch(/kind +quota/);
    expect(operator.out.text).not.toContain('\u001b');
    expect(await operator.clears().runs('explain', 'NO [OVERQUOTA] full', '--json')).toBe(0);
    expect(printed()).toMatchObject({ side: 'source', kind: 'quota', code: 'OVERQUOTA', scope: 'mailbox' });
    expect(await operator.clears().runs('explain', 'hello world')).toBe(2);
    expect(operator.err.lines).toEqual([expect.stringContaining('no response of a server in "hello world"')]);
  });

  it('reads a log and tells each meaning once, with how often it stood there', async () => {
    operator.stdin = [
      'a1 OK done',
      'nothing of ours',
      ...Array.from({ length: 7 }, (_, i) => `12:0${i} S: a${i} NO [OVERQUOTA] full`),
      'x BAD [TOOBIG] big',
    ];
    expect(await operator.runs('explain', '--command', 'APPEND', '--side', 'dst')).toBe(0);
    expect(operator.out.lines.filter((line) => /^\d/.test(line))).toEqual([
      '7 lines like',
      '1 line like',
      '1 line without a response, the first is line 2: nothing of ours',
    ]);
    expect(operator.out.lines[1]).toBe('a0 NO [OVERQUOTA] full');
  });

  it('replays a log as JSON: one answer for each line, in order, whatever stands there', async () => {
    operator.stdin = [
      'A1 NO [OVERQUOTA] full',
      '',
      '{"line": "NO Rate limit hit, try again in 15 minutes", "command": "UID FETCH", "side": "source", "more": [1]}',
      '{"line": "* BYE Shutting down", "command": null, "side": "either"}',
      '{"side": "source"}',
      '{"line": 7}',
      '{ broken',
      '\u0007\u001b[2J',
      'a9 ok done\r',
    ];
    expect(await operator.runs('explain', '--json')).toBe(0);
    const answers = operator.out.lines.map((line) => JSON.parse(line));
    expect(
      answers.map(({ kind, code, waitSeconds, error, line }) => (kind ? [kind, code, waitSeconds] : [error, line])),
    ).toEqual([
      ['quota', 'OVERQUOTA', 0],
      ['throttled', null, 900],
      ['transient', null, 0],
      ['no response of a server in it', 5],
      ['no response of a server in it', 6],
      ['no response of a server in it', 7],
      ['no response of a server in it', 8],
      ['transient', null, 0],
    ]);
    for (const key of ['scope', 'rule', 'advice', 'next', 'reason', 'command', 'side', 'codeMeaning'])
      expect(answers[1]).toHaveProperty(key);
    expect(operator.out.text).not.toContain('\u001b');
  });
});

describe('help', () => {
  const listed = CATALOGUE.filter(({ hidden }) => !hidden);

  it.each(listed.map((one) => one.name))('of %s shows an example that begins with the command', async (name) => {
    expect(await operator.runs(name, '--help')).toBe(0);
    expect(operator.out.text).toMatch(new RegExp(`Examples?:\\n {2}nightferry ${name}\\b`));
    // A console prints nothing, a test notice says what came back; a file is looked after, and a person signs in.
    if (!['attach', 'notify', 'config', 'login'].includes(name)) expect(operator.out.text).toContain('--json');
    expect(operator.err.text).toBe('');
  });

  it('lists every command with what it does', async () => {
    expect(await operator.runs('--help')).toBe(0);
    for (const { name, summary } of listed)
      expect(operator.out.text).toMatch(new RegExp(`\\n {2}${name}[^\\n]* {2}${summary}\\n`));
    expect(operator.out.text).not.toMatch(/^ {2}engine/m);
    const summaries = await Promise.all(
      CATALOGUE.map(async (one) => (await one.load()).makeCommand(operator.io(), () => undefined).summary()),
    );
    expect(summaries).toEqual(CATALOGUE.map((one) => one.summary));
  });

  it('is shown where no command is given, as wrong usage', async () => {
    expect(await operator.runs()).toBe(2);
    expect(operator.err.text).toMatch(/^Usage: nightferry/);
  });

  it('knows its version', async () => {
    expect(await operator.runs('--version')).toBe(0);
    expect(operator.out.text).toBe('0.1.0\n');
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/commands/main.js';
import type { DecisionEntity, DecisionPreview, ErrorGroupEntity } from '../../src/protocol/answers.js';
import type { EngineCommand } from '../../src/protocol/commands.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import type { Clock } from '../../src/words/clock.js';
import { afterTheNight, whileAnEngineRuns } from './a-night.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.USER = 'eva';
});
afterEach(() => operator.goesHome());

const printed = () => JSON.parse(operator.out.text);
const file = () => join(operator.state, 'school', 'decisions.json');
const stored = () => readFile(file(), 'utf8').catch(() => null);

/** Runs a command that must do what it says; @returns its lines */
async function does(...argv: string[]): Promise<string[]> {
  const code = await operator.clears().runs(...argv);
  expect([code, operator.err.text]).toEqual([0, '']);
  return operator.out.lines;
}

/** Runs a command that must be refused; @returns its one line */
async function refused(...argv: string[]): Promise<string> {
  const code = await operator.clears().runs(...argv);
  expect([code, operator.out.text]).toEqual([2, '']);
  expect(operator.err.lines).toHaveLength(1);
  return operator.err.text;
}

async function groups(...argv: string[]): Promise<ErrorGroupEntity[]> {
  await does('errors', 'school', '--json', ...argv);
  return printed().groups;
}

/** How much of what is open, and how much was skipped, by code. */
const open = async (...argv: string[]) =>
  Object.fromEntries(
    (await groups('--skipped', ...argv)).map((one) => [one.code ?? one.kind, [one.messages, one.skipped]]),
  );

const mailbox = async (email: string) => {
  await does('status', 'school', '--json');
  return printed().mailboxes.find((one: { email: string }) => one.email === email);
};

describe('a mailbox that is given up', () => {
  beforeEach(() => afterTheNight(operator));
  const giveUp = (...more: string[]) => ['give-up', 'school', '--reason', 'left in June', ...more];

  it('is no error any more, says why, and comes back with an undo', async () => {
    expect(await does(...giveUp('--mailbox', 'ann@*', '--dry-run'))).toEqual([
      'would give up 1 mailbox: left in June',
      '  ann@x',
      'nothing was changed',
    ]);
    expect(await stored()).toBeNull();
    expect(await does(...giveUp('--mailbox', 'ann@x'))).toEqual([
      'give up ann@x: left in June (decision 1; undo: nightferry undo school 1)',
    ]);
    expect(await mailbox('ann@x')).toMatchObject({
      state: { kind: 'given-up', by: 'eva', reason: 'left in June' },
      errors: 0,
      counts: { failed: 7 },
    });
    expect(await open()).toMatchObject({ OVERQUOTA: [0, 7], TOOBIG: [1, 0] });
    await does('status', 'school', '--json');
    expect(printed().batch).toMatchObject({ needs: 1, leftOut: { givenUp: 7 } });
    await does('undo', 'school', '1');
    expect(await mailbox('ann@x')).toMatchObject({ state: { kind: 'held' }, errors: 7 });
    expect(await open()).toMatchObject({ OVERQUOTA: [7, 0] });
  });

  it('is named, with a reason', async () => {
    expect(await refused('give-up', 'school', '--mailbox', 'ann@x', '--reason', ' ')).toContain('--reason');
    expect(await refused(...giveUp('--mailbox', 'tim@x'))).toContain('no mailbox tim@x');
    expect(await refused(...giveUp('--mailbox', 't*'))).toContain('no such mailbox');
    await does(...giveUp('--mailbox', '*'));
    expect(await refused(...giveUp('--mailbox', 'ann@x'))).toContain('given up already');
  });
});

describe('what failed, as its files tell it', () => {
  beforeEach(() => afterTheNight(operator));

  it('is retried without the mark, or left out, only where the destination expunged it for that mark', async () => {
    const strip = ['retry', 'school', '--deleted', 'strip', '--dry-run', '--json'] as const;
    await does(...strip);
    expect(printed().preview).toMatchObject({ action: { do: 'retry', treatment: 'without-deleted' }, uids: 0 });
    await does('retry', 'school', '--deleted', 'skip', '--dry-run', '--json');
    expect(printed().preview).toMatchObject({ action: { do: 'skip', why: 'marked \\Deleted at the source' }, uids: 0 });
    expect(await refused('retry', 'school', '--deleted', 'strip', '--repair')).toContain('--deleted');
    expect(await refused('retry', 'school', '--deleted', 'skip', '--first', '2')).toContain('--deleted skip');
  });

  it('is narrowed down as for the orders about it', async () => {
    expect(await groups()).toMatchObject([
      { code: 'OVERQUOTA', messages: 7, mailboxes: 1, standing: 'open' },
      { code: 'TOOBIG', messages: 1, standing: 'open' },
      { code: null, kind: 'folder', messages: 0, failures: 1, standing: 'open' },
      { code: null, kind: 'message-policy', messages: 1, standing: 'settled' },
    ]);
    expect((await groups('--code', 'OVERQUOTA', '--folder', 'Sent'))[0]).toMatchObject({ messages: 2, size: 1 });
    expect((await groups('--uid', '12,3'))[0]).toMatchObject({ code: 'OVERQUOTA', messages: 2, size: 2 });
    expect((await groups('--by', 'kind', '--mailbox', 'bob@*')).map(({ key }) => key)).toEqual([
      'kind message-policy',
      'kind folder',
      'noted kind message-policy',
    ]);
    const [{ entries } = expect.unreachable()] = await groups('--code', 'TOOBIG');
    expect(await groups('--entry', entries[0]?.id ?? '')).toMatchObject([{ code: 'TOOBIG', size: 1 }]);
    expect(await does('errors', 'school', '--code', 'NOSUCH')).toEqual(['school: nothing of this failed']);
    expect(await refused('errors', 'school', '--mailbox', 'anna@x')).toMatch(
      /has no mailbox anna@x; `nightferry status/,
    );
    expect(await refused('errors', 'school', '--csv', '--json')).toMatch(/--csv or --json, not both/);
  });

  it('is a row a message in CSV', async () => {
    await does('errors', 'school', '--csv', '--side', 'destination');
    const rows = parse(operator.out.text, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ mailbox, folder, uid, code }) => [mailbox, folder, uid, code])).toEqual([
      ...['11', '12', '13', '14', '15'].map((uid) => ['ann@x', 'INBOX', uid, 'OVERQUOTA']),
      ['ann@x', 'Sent', '3', 'OVERQUOTA'],
      ['ann@x', 'Sent', '4', 'OVERQUOTA'],
      ['bob@x', 'INBOX', '12', 'TOOBIG'],
    ]);
    await does('skip', 'school', '--folder', 'Sent', '--why', 'old');
    const uids = async (...argv: string[]) => {
      await does('errors', 'school', '--csv', '--code', 'OVERQUOTA', ...argv);
      return (parse(operator.out.text, { columns: true }) as Record<string, string>[]).map(({ uid }) => uid);
    };
    expect(await uids()).toEqual(['11', '12', '13', '14', '15']);
    expect(await uids('--skipped')).toEqual(['11', '12', '13', '14', '15', '3', '4']);
  });
});

describe('an order where no engine runs', () => {
  beforeEach(() => afterTheNight(operator));

  it('to skip is remembered, counts at once in what is shown, and can be undone', async () => {
    const [line] = await does('skip', 'school', '--code', 'OVERQUOTA', '--why', 'they left');
    expect(line).toBe(
      'skip 7 messages of OVERQUOTA in 1 mailbox: they left (decision 1; undo: nightferry undo school 1)',
    );
    expect(await open()).toMatchObject({ OVERQUOTA: [0, 7], TOOBIG: [1, 0] });
    expect((await groups()).map(({ code }) => code)).not.toContain('OVERQUOTA');
    expect(await mailbox('ann@x')).toMatchObject({ errors: 0, counts: { failed: 0, skipped: 7, copied: 18, left: 0 } });
    await does('status', 'school', '--json');
    expect(printed().batch).toMatchObject({ errors: 2, decided: 1 });
    expect(await does('errors', 'school', '--all', '--skipped', '--code', 'OVERQUOTA')).toContain(
      'skipped: OVERQUOTA, quota: 7 messages skipped in 1 mailbox',
    );

    expect(await does('undo', 'school', '1')).toEqual([
      'undone: skip 7 messages of OVERQUOTA in 1 mailbox: they left (decision 1 is now: undone)',
    ]);
    expect(await open()).toMatchObject({ OVERQUOTA: [7, 0] });
    expect(await mailbox('ann@x')).toMatchObject({ errors: 7, counts: { failed: 7, skipped: 0 } });
    expect(await refused('undo', 'school', '1')).toMatch(/decision 1 cannot be undone any more: undone/);
    expect(await refused('undo', 'school', '77')).toMatch(/there is no decision 77/);
    expect(await refused('undo', 'school', 'x')).toMatch(/undo x: the number of a decision is expected, like 12/);
  });

  it('leaves the documents of the mailboxes alone, and the lock', async () => {
    const path = join(operator.state, 'school', 'mailboxes', 'ann_x', 'mailbox.json');
    const before = await readFile(path, 'utf8');
    await does('skip', 'school', '--code', 'OVERQUOTA', '--why', 'x');
    await does('status', 'school');
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await operator.stored()).not.toContain('school/engine.lock');
    const log = await readFile(join(operator.state, 'school', 'events.jsonl'), 'utf8');
    expect(log).toContain('decision 1 by eva: skip 7 messages of OVERQUOTA in 1 mailbox: x');
  });

  it('to try again, now, later, a few first, otherwise than before', async () => {
    expect(await does('retry', 'school', '--code', 'TOOBIG')).toEqual([
      'retry 1 message of TOOBIG in 1 mailbox (decision 1; undo: nightferry undo school 1)',
    ]);
    expect((await does('retry', 'school', '--code', 'OVERQUOTA', '--after', '10m'))[0]).toMatch(
      /^retry 7 messages of OVERQUOTA in 1 mailbox, not before \d{4}-.*Z \(decision 2;/,
    );
    expect((await does('retry', 'school', '--code', 'OVERQUOTA', '--first', '3', '--repair'))[0]).toMatch(
      /^retry 3 of 7 messages of OVERQUOTA in 1 mailbox first with repairs, the rest if all of these are taken \(decision 3/,
    );
    const [line] = await does('retry', 'school', '--mailbox', 'bob@x', '--folder', 'INBOX', '--without-flags');
    expect(line).toMatch(/^retry 1 message of TOOBIG in 1 mailbox without flags/);
    const { decisions } = JSON.parse((await stored()) ?? '');
    expect(decisions.map((one: { action: unknown }) => one.action)).toMatchObject([
      { do: 'retry', notBefore: 0, treatment: 'as-is' },
      { do: 'retry', treatment: 'as-is' },
      { do: 'try-first', treatment: 'repaired', outcome: 'open' },
      { do: 'retry', treatment: 'without-flags' },
    ]);
    expect(await open()).toMatchObject({ OVERQUOTA: [7, 0], TOOBIG: [1, 0] });
  });

  it('to rest longer, and to release what is held', async () => {
    expect((await does('backoff', 'school', '--code', 'OVERQUOTA', '--for', '2h'))[0]).toMatch(
      /^let 7 messages of OVERQUOTA in 1 mailbox rest until .*\(decision 1; undo/,
    );
    expect((await does('backoff', 'school', '--code', 'OVERQUOTA', '--factor', '4'))[0]).toMatch(/rest 4 times longer/);
    expect(await does('release', 'school')).toEqual(['release the hold of 1 mailbox (decision 3)']);
    expect(await does('release', 'school', '--mailbox', 'bob@x')).toEqual([
      'nothing to do: no such mailbox of school is held',
    ]);
  });

  it('is shown before it is given, with the same numbers, and changes nothing', async () => {
    const lines = await does('retry', 'school', '--code', 'OVERQUOTA', '--first', '3', '--dry-run');
    expect(lines).toEqual([
      'would retry 3 of 7 messages of OVERQUOTA in 1 mailbox first, the rest if all of these are taken',
      '  first: ann@x INBOX 2 messages: UID 11:12',
      '  first: ann@x Sent 1 message: UID 3',
      '  ann@x INBOX 5 messages: UID 11:15',
      '  ann@x Sent 2 messages: UID 3:4',
      'held mailboxes that go on with it: ann@x',
      'nothing was changed',
    ]);
    expect(await stored()).toBeNull();
    await does('retry', 'school', '--code', 'OVERQUOTA', '--first', '3', '--dry-run', '--json');
    const asked: { preview: DecisionPreview } = printed();
    expect(asked).toMatchObject({ version: 2, batch: 'school', dryRun: true, decision: null });
    await does('retry', 'school', '--code', 'OVERQUOTA', '--first', '3', '--json');
    const done: { preview: DecisionPreview; decision: DecisionEntity } = printed();
    expect(done.preview).toEqual(asked.preview);
    expect(done).toMatchObject({
      dryRun: false,
      decision: { id: 1, uids: 7, mailboxes: 1, by: 'eva', undoable: true },
    });
  });

  it('about everything needs a word more, and says how much it would be', async () => {
    for (const order of [['retry'], ['retry', '--first', '2'], ['skip', '--why', 'x'], ['backoff', '--for', '1h']]) {
      const [name = '', ...options] = order;
      expect(await refused(name, 'school', ...options)).toMatch(
        /nothing says which failures are meant, it would be 8 messages.* in 2 mailboxes; narrow it down .* or say --all/,
      );
    }
    expect(await stored()).toBeNull();
    expect((await does('skip', 'school', '--why', 'x', '--dry-run'))[0]).toMatch(
      /^would skip 8 messages and 1 failure of a folder or login/,
    );
    expect((await does('skip', 'school', '--why', 'x', '--all'))[0]).toMatch(
      /^skip 8 messages and 1 failure of a folder or login/,
    );
    expect(await mailbox('bob@x')).toMatchObject({ errors: 0 });
  });

  it('about nothing is no mistake', async () => {
    for (const order of [
      ['skip', '--why', 'x', '--code', 'NOSUCH'],
      ['retry', '--uid', '999'],
      ['backoff', '--for', '1h', '--mailbox', 'eve@x'],
    ]) {
      const [name = '', ...options] = order;
      expect(await does(name, 'school', ...options)).toEqual(['nothing to do: nothing of this is open in school']);
      await does(name, 'school', ...options, '--json');
      expect(printed()).toMatchObject({ dryRun: false, preview: { uids: 0, failures: 0 }, decision: null });
    }
    expect(await stored()).toBeNull();
  });

  it.each([
    [['skip', 'school', '--code', 'X'], /required option '--why <text>' not specified; see nightferry skip --help/],
    [['skip', 'school', '--code', 'X', '--why', ' '], /--why: a reason is expected/],
    [['retry', 'school', '--after', '5', '--code', 'X'], /--after: a time is expected, like 90s/],
    [['retry', 'school', '--after', '2d', '--code', 'X'], /retry: after 0 seconds to 24 hours/],
    [['retry', 'school', '--first', '0', '--code', 'X'], /--first: a number of messages is expected, 1 to 1000/],
    [['retry', 'school', '--first', '5', '--after', '1h'], /--after or --first, not both/],
    [['retry', 'school', '--repair', '--without-flags'], /give one of --without-flags, --repair and --deleted/],
    [['backoff', 'school', '--code', 'X'], /--factor or --for, one of the two/],
    [['backoff', 'school', '--factor', '1'], /--factor: a number over 1 and up to 100/],
    [['backoff', 'school', '--for', '1m', '--code', 'X'], /backoff: 5 minutes to 24 hours/],
    [['retry', 'school', '--kind', 'nokind'], /no such kind; there are transient/],
    [['retry', 'nobatch', '--code', 'X'], /There is no batch nobatch/],
    [['release', 'school', '--mailbox', 'nobody@x'], /has no mailbox nobody@x/],
    [['undo', 'school'], /missing required argument 'decision'/],
    [['correct', 'school', '--code', 'TOOBIG'], /--as or --remove, one of the two/],
    [['correct', 'school', '--as', 'transient'], /say which failures/],
    [['correct', 'school', '--code', 'TOOBIG', '--as', 'quotta'], /Allowed choices are transient, /],
  ])('%j is refused in one line', async (argv, why) => {
    expect(await refused(...argv)).toMatch(why);
    expect(await stored()).toBeNull();
  });

  it('is listed with what came of it', async () => {
    expect(await does('decisions', 'school')).toEqual(['school: nothing was decided']);
    await does('skip', 'school', '--code', 'TOOBIG', '--why', 'too big');
    await does('retry', 'school', '--code', 'OVERQUOTA');
    await does('undo', 'school', '2');
    const lines = await does('decisions', 'school');
    expect(lines.filter((line) => !line.startsWith(' ')).map((line) => line.replace(/\d{4}-\S+Z/, 'TIME'))).toEqual([
      '3  TIME  eva: undo decision 2',
      '2  TIME  eva: retry 7 messages of OVERQUOTA in 1 mailbox',
      '1  TIME  eva: skip 1 message of TOOBIG in 1 mailbox: too big',
    ]);
    expect(lines.at(-1)).toBe('    left out; can be undone');
    await does('decisions', 'school', '--json');
    expect(printed()).toMatchObject({
      version: 2,
      batch: 'school',
      decisions: [
        { id: 3, do: 'undo' },
        { id: 2, undoable: false },
        { id: 1, standing: 'left out', undoable: true },
      ],
      corrections: [],
    });
  });

  it('to read responses otherwise holds for what is entered, until it is taken back', async () => {
    const dry = await does('correct', 'school', '--code', 'OVERQUOTA', '--as', 'mailbox-state', '--dry-run');
    expect(dry).toEqual([
      'would read 1 response, and those like it, as mailbox-state',
      '  destination APPEND: NO [OVERQUOTA] Quota exceeded',
      'nothing was changed',
    ]);
    expect(await stored()).toBeNull();
    expect((await does('correct', 'school', '--code', 'OVERQUOTA', '--as', 'mailbox-state'))[0]).toMatch(
      /^correction 1 {2}\S+Z {2}eva: destination APPEND, read as mailbox-state, responses like$/,
    );
    expect((await groups('--code', 'OVERQUOTA')).map(({ kind }) => kind)).toEqual(['mailbox-state']);
    await does('decisions', 'school', '--json');
    expect(printed().corrections).toMatchObject([{ id: '1', kind: 'mailbox-state', by: 'eva' }]);
    expect(await refused('correct', 'school', '--code', 'TOOBIG', '--as', 'missing')).toMatch(
      /cannot be read as missing/,
    );
    expect(await refused('correct', 'school', '--remove', '5')).toMatch(/there is no correction 5/);
    expect(await does('correct', 'school', '--remove', '1')).toEqual(['took correction 1 back']);
    expect((await groups('--code', 'OVERQUOTA')).map(({ kind }) => kind)).toEqual(['quota']);
  });

  it('waits for another command at the files, and not for ever', async () => {
    const store = await new Workspace(operator.state).open('school');
    const lock = await store.lockEngine({ socketPath: null });
    let now = 0;
    let patience = Number.POSITIVE_INFINITY;
    const clock: Clock = {
      now: () => now,
      monotonic: () => now,
      sleep: async (ms) => {
        now += ms;
        if (now >= patience) await lock.release();
      },
    };
    const skip = () => main(['skip', 'school', '--code', 'TOOBIG', '--why', 'x'], { ...operator.clears().io(), clock });
    expect(await skip()).toBe(2);
    expect(operator.err.text).toMatch(/is being run by process \d+/);
    expect([await stored(), now]).toEqual([null, 10_000]);
    patience = now + 500;
    expect(await skip()).toBe(0);
    expect(await stored()).toContain('TOOBIG');
  });
});

describe('an order while an engine runs', () => {
  it('is given to it: seen first, then decided, by who it is', async () => {
    const { engine, ends } = await whileAnEngineRuns(operator);
    const preview: DecisionPreview = {
      id: 'p1',
      action: { do: 'skip', why: 'x' },
      about: 'OVERQUOTA',
      uids: 131,
      failures: 0,
      mailboxes: 2,
      folders: 3,
      first: [],
      firstCount: 0,
      samples: [{ mailbox: 'ann@x', folder: 'IN\u001b[2JBOX', uids: '1:88', count: 88 }],
      releases: [],
      warnings: ['Take care.'],
    };
    const decision: DecisionEntity = {
      id: 12,
      at: 1,
      by: 'eva',
      action: { do: 'skip', why: 'x' },
      about: 'OVERQUOTA',
      uids: 131,
      failures: 0,
      mailboxes: 2,
      standing: { places: 3, undone: 0, done: 0, failedAgain: 0, first: null },
      outcome: 'stands',
      undoable: true,
    };
    engine.answers = (command: EngineCommand) =>
      command.do === 'preview' ? { ok: true, preview } : { ok: true, decision };
    const argv = ['skip', 'school', '--code', 'OVERQUOTA', '--why', 'x'];
    expect(await does(...argv, '--dry-run')).toEqual([
      'would skip 131 messages of OVERQUOTA in 2 mailboxes: x',
      '  ann@x IN?[2JBOX 88 messages: UID 1:88',
      '  and 2 more places',
      'note: Take care.',
      'nothing was changed',
    ]);
    expect(engine.commands.map((command) => command.do)).toEqual(['preview']);
    expect(await does(...argv)).toEqual([
      'skip 131 messages of OVERQUOTA in 2 mailboxes: x (decision 12; undo: nightferry undo school 12)',
    ]);
    expect(engine.commands.slice(1)).toEqual([
      {
        do: 'preview',
        action: { do: 'skip', why: 'x' },
        selection: { filter: 'code:OVERQUOTA', groups: null, entries: null, uids: null },
      },
      { do: 'decide', preview: 'p1', by: 'eva' },
    ]);
    await does('undo', 'school', '12');
    expect(engine.commands.at(-1)).toEqual({ do: 'undo', decision: 12, by: 'eva' });
    engine.answers = () => ({ ok: false, why: 'this is too old: look again' });
    expect(await refused(...argv)).toMatch(/the engine of school says: this is too old: look again/);
    expect(engine.attending).toBe(0);
    await ends();
    expect(await stored()).toBeNull();
  });

  it('that ends over it is said not to have answered', async () => {
    const { engine, ends } = await whileAnEngineRuns(operator);
    let ended: Promise<void> = Promise.resolve();
    engine.answers = async () => {
      ended = ends();
      await ended;
      return { ok: true };
    };
    expect(await refused('undo', 'school', '1')).toMatch(
      /the engine of school ended before it answered: `nightferry decisions school` shows what was decided/,
    );
    await ended;
  });

  it('goes to the files once that has ended', async () => {
    const { ends } = await whileAnEngineRuns(operator);
    await ends();
    expect((await does('skip', 'school', '--code', 'TOOBIG', '--why', 'x'))[0]).toMatch(/\(decision 1; undo/);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/commands/main.js';
import type { DecisionEntity, DecisionPreview } from '../../../src/protocol/answers.js';
import { Workspace } from '../../../src/store/batch/workspace.js';
import type { Clock } from '../../../src/words/clock.js';
import { afterTheNight } from '../a-night.js';
import { AnOperator } from '../an-operator.js';
import { printedBy } from './printed-by.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.USER = 'eva';
});
afterEach(() => operator.goesHome());

const { printed, stored, does, refused, groups } = printedBy(() => operator);

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

describe('an order where no engine runs', () => {
  beforeEach(() => afterTheNight(operator));

  it('to skip is kept, counts at once in every list, and can be undone', async () => {
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

  it('to try again can be for now, for later, for a few first, or with changes', async () => {
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

  it('to read responses otherwise holds for entered failures until it is taken back', async () => {
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

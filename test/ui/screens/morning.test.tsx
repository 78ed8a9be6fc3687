import { describe, expect, it } from 'vitest';
import type { DecisionEntity, Morning } from '../../../src/protocol/answers.js';
import { isNews } from '../../../src/ui/select/morning.js';
import { aMailbox, aNight, counts, MINUTE, NOW } from '../support/a-batch.js';
import { aBatchConsole, SMALL } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';
import { someErrors } from '../support/some-errors.js';

const RETRIED: DecisionEntity = {
  ...{ id: 1, at: NOW, by: 'eva', about: 'OVERQUOTA', uids: 5, failures: 0, mailboxes: 1 },
  action: { do: 'retry', notBefore: 0, treatment: 'as-is' },
  standing: { places: 1, undone: 0, done: 1, failedAgain: 2, first: null },
  outcome: 'refused again',
  undoable: false,
};

const MORNING: Morning = {
  since: NOW - 120 * MINUTE,
  lines: [
    { kind: 'refused again', decision: RETRIED },
    { kind: 'in step', since: 136, now: 136, of: 200 },
  ],
};

function anEngine(morning: Morning = MORNING, mailboxes = aNight()): PaperEngine {
  const engine = new PaperEngine(mailboxes);
  engine.errors = someErrors();
  engine.morning = morning;
  return engine;
}

describe('the morning', () => {
  it('is seen first where somebody was away: what is open by cause, each with its key, and what is new marked', async () => {
    const { console } = await aBatchConsole(anEngine());
    const { text } = await console.look();
    expect(text.slice(0, 8).map((line) => line.trimEnd())).toEqual([
      expect.stringContaining('school-2026 › since you last looked'),
      ' ● at work: 136 of 185 mailboxes are in step',
      expect.stringMatching(/^── needs you 2 {3}2 causes {3}\* new since 00:14 ─+$/),
      '▸▲ tom@new.example      AUTHENTICATIONFAILED    all     23:41 enter password',
      ' ▲*maria@new.example    OVERQUOTA             5,000     01:12 enter errors',
      expect.stringMatching(/^── since you looked, 00:14 to 02:14 ─+$/),
      ' ✗ decision 1: retry 5 messages of OVERQUOTA in 1 mailbox: tried, 2 failed again',
      ' ✓ 136 mailboxes are in step now, 136 of 200 in all',
    ]);
    // The row under the cursor is read whole.
    expect(text.join('\n')).toContain('User name or password is refused. Check the row in the plan.');
  });

  it.each([
    ['2', 'since you last looked › OVERQUOTA'],
    ['j\r', 'since you last looked › OVERQUOTA'],
    ['3', 'since you last looked › decisions'],
  ])('is one key from what answers: %j', async (keys, crumbs) => {
    const { console } = await aBatchConsole(anEngine());
    await console.type(keys);
    expect((await console.look()).text[0]).toContain(crumbs);
    // The news stays to be read, one line after the other.
    await console.type('\u001b');
    await console.clock.pass(100);
    expect(await console.screen()).toMatch(/▲\*maria@new\.example/);
  });

  it('asks for the password that a mailbox waits for, at once', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('\r');
    expect(await console.screen()).toContain('password of the source');
    await console.type('secret\r');
    expect(engine.orders).toEqual([{ do: 'password', mailbox: 'tom-new-example', side: 'source', secret: 'secret' }]);
    expect(await console.screen()).not.toContain('password of the source');
  });

  it('asks first where the passwords of several mailboxes come from: the plan that was corrected, typed, or one for all', async () => {
    const [tom] = aNight().filter(({ email }) => email.startsWith('tom'));
    if (!tom) return expect.unreachable();
    const tim = { ...tom, id: 'tim', email: 'tim@new.example' };
    const engine = anEngine(MORNING, [tom, tim]);
    const { console, services } = await aBatchConsole(engine);
    services.planPath = '/srv/school.csv';
    await console.type('\r');
    expect(await console.screen()).toContain('2 mailboxes wait for a password of the source');
    expect(await console.screen()).toContain('/srv/school.csv');
    // The fault of the plan is said, and nothing is closed.
    await console.type('\r');
    expect(await console.screen()).toContain('there is no such file');
    services.planRead = { ok: true, passwords: 0, users: 0 };
    await console.type('\r');
    expect(await console.screen()).toContain('has no password for these mailboxes');
    services.planRead = { ok: true, passwords: 2, users: 0 };
    await console.type('\r');
    expect(await console.screen()).toContain('read from the plan: 2 mailboxes log in');
    expect(services.plansRead.at(-1)).toEqual({ path: '/srv/school.csv', mailboxes: ['tim', tom.id] });
    expect(engine.orders).toEqual([]);
    // One for all.
    await console.type('\r\u001b[B\u001b[B\tgeheim\r');
    expect(await console.screen()).not.toContain('geheim');
    const given = (secret: string, ids: readonly string[]) =>
      ids.map((mailbox) => ({ do: 'password', mailbox, side: 'source', secret }));
    expect(engine.orders).toEqual(given('geheim', ['tim', tom.id]));
    // Each its own.
    await console.type('\r\u001b[B\r');
    expect(await console.screen()).toContain('password of the source (1 of 2)');
    await console.type('one\rtwo\r');
    expect(engine.orders.slice(2)).toEqual([...given('one', ['tim']), ...given('two', [tom.id])]);
  });

  it('leaves all of a mailbox out that nobody could look into, by the key that leaves out', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('Sno such user\r');
    expect(engine.orders).toEqual([{ do: 'give-up', mailboxes: ['tom-new-example'], why: 'no such user', by: 'eva' }]);
  });

  it('tells what happened anew while it is open', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    expect(await console.screen()).toContain('136 mailboxes are in step now');
    engine.answers.set('morning', {
      ok: true,
      morning: { ...MORNING, lines: [{ kind: 'in step', since: 150, now: 150, of: 200 }] },
    });
    await console.clock.pass(11_000);
    expect(await console.screen()).toContain('150 mailboxes are in step now');
  });

  it('names the one cause of the mailboxes that are listed one by one, in the title and in the count', async () => {
    const [tom] = aNight().filter(({ email }) => email.startsWith('tom'));
    if (!tom) return expect.unreachable();
    const tim = { ...tom, id: 'tim', email: 'tim@new.example' };
    const { console } = await aBatchConsole(anEngine(MORNING, [tom, tim]));
    expect(await console.screen()).toContain('▸▲ 2 mailboxes, src');
    await console.type('m');
    const { text } = await console.look();
    expect(text[0]).toContain('since you last looked › AUTHENTICATIONFAILED');
    expect(text.join('\n')).toMatch(/needs you 2 {3}1 cause /);
    expect(text.join('\n')).toContain('── source: nobody could look into it');
  });

  it('gives the mailbox of a row up, with a reason', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('jZ');
    expect(await console.screen()).toContain('Give up 1');
    await console.type('\r');
    expect(await console.screen()).toContain('say why');
    await console.type('left in June\r');
    expect(engine.orders).toEqual([
      { do: 'give-up', mailboxes: ['maria-new-example'], why: 'left in June', by: 'eva' },
    ]);
  });

  it('leads to the night with what went well, and tells the engine that somebody looked', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    expect(engine.orders).toEqual([]);
    await console.type('4');
    expect(await console.screen()).toContain('workers');
    expect(engine.orders).toEqual([{ do: 'looked', by: 'eva' }]);
  });

  it('is looked at by a read-only console without a word to the engine', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine, SMALL, 'read-only');
    expect(await console.screen()).toContain('since you last looked');
    await console.type('\u001b');
    await console.clock.pass(100);
    expect(await console.screen()).toContain('workers');
    expect(engine.orders).toEqual([]);
  });

  it('shows what is open also to who has just looked, and says where nothing is', async () => {
    const { console } = await aBatchConsole(anEngine({ since: NOW - 5 * MINUTE, lines: [] }));
    expect(await console.screen()).toContain('workers');
    await console.type('i');
    expect(await console.screen()).toContain('maria@new.example');

    const fine = aMailbox('ann', { state: { kind: 'synced', at: NOW }, counts: counts(5, 5) });
    const { console: other } = await aBatchConsole(anEngine({ since: NOW - 5 * MINUTE, lines: [] }, [fine]));
    await other.type('i');
    expect(await other.screen()).toContain('nothing needs you');
  });

  it('lists what was given up apart, with who and why', async () => {
    const state = { kind: 'given-up', at: NOW, by: 'eva', reason: 'left in June' } as const;
    const given = aMailbox('yan', { state, counts: counts(500, 0) });
    const { console } = await aBatchConsole(anEngine(MORNING, [...aNight(), given]));
    const screen = await console.screen();
    expect(screen).toMatch(/── given up 1 ─+\n · yan: left in June \(eva\), 500 messages not copied/);
    expect(screen).toContain('needs you 2');
  });

  it('does not take the screen from who went elsewhere meanwhile', async () => {
    const engine = anEngine();
    let answer: () => void = () => undefined;
    const command = engine.command.bind(engine);
    engine.command = async (given) => {
      if (given.do === 'morning') {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
      }
      return command(given);
    };
    const { console } = await aBatchConsole(engine);
    await console.type('e');
    answer();
    await console.clock.pass(500);
    expect((await console.look()).text[0]).toMatch(/^ school-2026 › errors {3}/);
  });

  it('is no news to who has just looked, nor where nothing happened and nothing is open', () => {
    expect(isNews(MORNING, 0, NOW)).toBe(true);
    expect(isNews({ ...MORNING, lines: [] }, 3, NOW)).toBe(true);
    expect(isNews({ ...MORNING, since: NOW - 9 * MINUTE }, 3, NOW)).toBe(false);
    expect(isNews({ ...MORNING, lines: [] }, 0, NOW)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { said } from '../../support/a-reason.js';
import {
  aBatch,
  aCopying,
  aGroup,
  aHeld,
  aLine,
  aMailbox,
  aNight,
  anEntry,
  counts,
  NOW,
  someErrors,
} from '../support/a-batch.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';

function anEngine(): PaperEngine {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  engine.log = Array.from({ length: 60 }, (_, i) =>
    aLine(`line ${i}`, {
      at: NOW - (60 - i) * 1_000,
      level: i % 10 === 9 ? 'error' : i % 5 === 4 ? 'warn' : 'info',
      mailbox: i % 2 === 0 ? 'ann' : 'bob',
      side: i % 3 === 0 ? 'source' : 'destination',
    }),
  );
  return engine;
}

describe.each([SMALL, MIDDLE, LARGE])('at $columns x $rows', (size) => {
  it.each([
    ['s', 'schedule'],
    ['e', 'OVERQUOTA'],
    ['l', 'line 59'],
    ['m', 'tom@new.example'],
    ['e\r', 'maria@new.example'],
    ['e\r\r', 'read as'],
    ['?', 'help'],
  ])('%j fills the screen and no more', async (keys, shown) => {
    const { console } = await aBatchConsole(anEngine(), size);
    for (const key of keys) await console.type(key);
    const { text } = await console.look();
    expect(text).toHaveLength(size.rows);
    for (const line of text) expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
    expect(text.join('\n')).toContain(shown);
  });
});

describe('the schedule', () => {
  it('shows a timeline with the next starts counting down', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('s');
    const screen = await console.screen();
    expect(screen).toContain('stagger 60-90 s   at once 20   window always   to do 49');
    expect(screen).toContain('02:15');
    expect(screen).toMatch(/▸ ann +█{9}─+ {2}copying Archive\/2019/);
    expect(screen).toMatch(/fred +┊ {2}starts in 0:38 {2}staggered start/);
    expect(screen).toContain('39 wait for a place   last known start 02:15');
    await console.clock.pass(2_000);
    expect(await console.screen()).toContain('starts in 0:36');
  });

  it('changes the window in which mailboxes are at work', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    await console.type('O');
    expect(await console.screen()).toContain('always');
    await console.type('\u001525:00-06:00\r');
    expect(await console.screen()).toContain('hours of the day are expected');
    await console.type('\u001520:00-06:30\r');
    expect(engine.orders).toEqual([{ do: 'window', window: { from: 1200, to: 390, zone: 'UTC' } }]);
  });

  it('changes stagger and concurrency, and says what cannot be read', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    await console.type('C');
    expect(await console.screen()).toContain('Mailboxes at work at the same time');
    await console.type('\u0015500\r');
    expect(await console.screen()).toContain('▲ a number from 1 to 100 is expected');
    await console.type('\u001530\r');
    expect(engine.orders).toEqual([{ do: 'concurrency', most: 30 }]);
    await console.type('I');
    await console.type('\u001530-45\r');
    expect(engine.orders.at(-1)).toEqual({ do: 'stagger', min: 30, max: 45 });
    expect(await console.screen()).toContain('stagger: 30-45');
  });

  it('replaces an old value by what is typed, and keeps it for who moves into it', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    await console.type('I');
    const asked = await console.screen();
    expect(asked).toContain('type over it, or move into it with the arrows');
    expect(asked.split('\n').at(-1)).toContain('^u clear');
    await console.type('30-45\r');
    expect(engine.orders).toEqual([{ do: 'stagger', min: 30, max: 45 }]);
    await console.type('I');
    await console.type('\u007f5\r');
    expect(engine.orders.at(-1)).toEqual({ do: 'stagger', min: 60, max: 95 });
  });

  it('starts now, puts off and pauses the mailbox under the cursor', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    await console.type('jjjjjj');
    await console.type('L');
    expect(engine.orders).toEqual([{ do: 'postpone', mailbox: 'fred', seconds: 338 }]);
    await console.type('E');
    expect(engine.orders.at(-1)).toEqual({ do: 'postpone', mailbox: 'fred', seconds: 0 });
    await console.type('R');
    expect(engine.orders.at(-1)).toEqual({ do: 'start', mailbox: 'fred' });
    await console.type('P');
    expect(engine.orders.at(-1)).toEqual({ do: 'pause', mailbox: 'fred' });
    await console.type('B');
    await console.type('\u00152 h\r');
    expect(engine.orders.at(-1)).toEqual({ do: 'postpone', mailbox: 'fred', seconds: 7_200 });
  });

  it('shows a longer stretch of time', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('s');
    await console.type('z');
    expect(await console.screen()).toContain('02:30');
  });
});

describe('a mailbox', () => {
  const folders = Array.from({ length: 30 }, (_, i) => ({
    source: `Archive/${1990 + i}`,
    destination: i === 3 ? 'Old/1993' : `Archive/${1990 + i}`,
    counts: counts(100 + i, i, { failed: i === 5 ? 2 : 0 }),
    way: 'MULTIAPPEND',
  }));
  const engineOf = () => {
    const engine = anEngine();
    engine.mailboxes = [aCopying('ann', 0.54, { folders, folder: 'Archive/1992', errors: 2 })];
    return engine;
  };

  it('shows its folders, counts, commands on both sides, history, log and errors', async () => {
    const { console } = await aBatchConsole(engineOf(), LARGE);
    await console.type('\r');
    const screen = await console.screen();
    for (const shown of [
      'copying since 02:03',
      '10,800 of 20,000 messages',
      'copied 10,800  there 0  skipped 0  failed 0  gone 0  left 9,200  errors 2',
      'source       2 connections   4 in flight      UID FETCH 1201:1300 (BODY.PEEK[])',
      'destination  1 connection    16 in flight     APPEND',
      'folders 1-24 of 30',
      'Archive/1993 → Old/1993',
      'MULTIAPPEND',
      '02:02:07  ● connecting',
      'line 58',
      'APPEND INBOX: NO [OVERQUOTA]',
    ]) {
      expect(screen).toContain(shown);
    }
    // Of the log, only what is of this mailbox.
    expect(screen).not.toContain('line 59');
  });

  it('goes round history, log and errors where there is room for one of them', async () => {
    const { console } = await aBatchConsole(engineOf());
    await console.type('\r');
    // It has errors: they are what one came for.
    expect(await console.screen()).toContain('history   log   ▸ errors');
    await console.type('\t');
    expect(await console.screen()).toContain('● connecting');
    await console.type('\t');
    expect(await console.screen()).toContain('line 58');
  });

  it('sorts and filters its folders', async () => {
    const { console } = await aBatchConsole(engineOf());
    await console.type('\r');
    await console.type('/');
    await console.type('!archive old');
    await console.type('\r');
    expect(await console.screen()).toContain('folders 0 of 0');
    await console.type('/');
    await console.type('\u0015old\r');
    expect(await console.screen()).toContain('folders 1-1 of 1   filter old');
  });

  it('asks for a password, hides it, and gives it to the engine alone', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('m');
    expect(await console.screen()).toContain('give the password');
    await console.type('W');
    await console.type('hunter2');
    const typed = await console.screen();
    expect(typed).toContain('password of the source');
    expect(typed).toContain('●●●●●●●');
    expect(typed).not.toContain('hunter2');
    await console.type('\r');
    expect(engine.orders).toEqual([{ do: 'password', mailbox: 'tom-new-example', side: 'source', secret: 'hunter2' }]);
    expect(await console.screen()).not.toContain('hunter2');
  });

  it('is asked for no password that it does not wait for', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('j');
    await console.type('m');
    expect(await console.screen()).toContain('maria@new.example');
    await console.type('W');
    const screen = await console.screen();
    expect(screen).not.toContain('password of');
    expect(screen).toContain('W give the password: only where one is asked for');
    await console.type('P');
    expect(await console.screen()).toContain('maria@new.example is held: R tries it again now');
  });

  it('that has waited long has a text for the provider ready, and y copies it', async () => {
    const engine = anEngine();
    const text = 'Mailbox: carol@old.example\nResponse: NO [UNAVAILABLE] Mailbox is being checked';
    engine.mailboxes = engine.mailboxes.map((one) =>
      one.email === 'carol' ? { ...one, provider: { since: NOW - 3_700_000, text } } : one,
    );
    const { console } = await aBatchConsole(engine);
    // It goes on by itself, and needs somebody all the same.
    expect(await console.screen()).toMatch(/needs you 3[\s\S]*▲ carol +waits for long +20,000 +01:12 enter mailbox/);
    await console.type('j\r');
    const screen = await console.screen();
    expect(screen).toContain('▲ unchanged since 01:12: a letter to the provider is ready, y copies it');
    await console.type('y');
    const { raw } = await console.look();
    const clipboard = /\u001b\]52;c;([^\u0007]*)\u0007/.exec(raw)?.[1] ?? '';
    expect(Buffer.from(clipboard, 'base64').toString()).toBe(text);
  });

  it('opens its own errors and its own log', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('m');
    await console.type('\r');
    expect(await console.screen()).toContain('tom@new.example › errors of tom@new.example');
    expect(engine.told).toContainEqual({ do: 'errors', mailbox: 'tom-new-example', filter: '', by: 'code' });
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('l');
    expect(await console.screen()).toContain('log of tom@new.example');
  });
});

describe('errors', () => {
  it('are the drawing, at 80x24: groups, and the one under the cursor below', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('e');
    const { text } = await console.look();
    expect(text.map((line) => line.trimEnd())).toEqual([
      ' school-2026 › errors             by response code   since 20:00   02:14:07 UTC',
      '── groups 1-3 of 3   134 messages, 1 failure in 4 mailboxes ────────────────────',
      '   code / kind            messages   boxes  side    last  what to do',
      '▸  OVERQUOTA                   131       2  dest   01:12  raise quota, retry',
      '   (message-policy)              3       1  dest   01:58  skip, or retry mended',
      '   AUTHENTICATIONFAILED          -       1  src    01:12  correct the login',
      '',
      '── OVERQUOTA   destination   APPEND ────────────────────────────────────────────',
      ' NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
      ' The destination is full. Look at its quota meter, raise the quota or empty the',
      ' trash, then retry.',
      ' Read as quota: code OVERQUOTA on APPEND                             x says why',
      '',
      ' maria@new.example            88 messages   INBOX',
      ' peter@new.example            43 messages   Archive/2018',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      ' space mark  a all filtered  enter open  x explain  o sort by count  / filter',
      ' R retry  F few first  S skip  B backoff  H release  w save    ? help  esc back',
    ]);
  });

  it('that are noted or left out stand behind one line each, which enter opens and folds again', async () => {
    const engine = anEngine();
    const [first] = engine.errors;
    if (!first) return expect.unreachable();
    const more = (key: string, standing: 'skipped' | 'settled') => ({ ...first, key, code: key, standing });
    engine.errors = [more('NOTE1', 'settled'), more('NOTE2', 'settled'), more('GONE', 'skipped'), ...engine.errors];
    const { console } = await aBatchConsole(engine);
    await console.type('e');
    const folded = await console.screen();
    expect(folded).toMatch(/▸ {2}OVERQUOTA/);
    expect(folded).toMatch(/\+ 1 left out .*\n.*\+ 2 noted +262 .*enter lists them/);
    expect(folded).not.toMatch(/NOTE1|GONE/);
    await console.type('G\r');
    const opened = await console.screen();
    expect(opened).toMatch(/▸ {2}- 2 noted[^\n]*\n +NOTE1/);
    expect(opened).not.toContain('GONE');
    // Nothing is decided about a line that folds, and "all" marks no group behind one.
    await console.type('R');
    expect(await console.screen()).not.toContain('Retry');
    await console.type('\ra');
    expect(await console.screen()).toContain('3 marked');
  });

  it('show how often they happened over the night where there is room, and the advice whole', async () => {
    const { console } = await aBatchConsole(anEngine(), LARGE);
    await console.type('e');
    const screen = await console.screen();
    expect(screen).toContain('since 23:00');
    expect(screen).toMatch(/OVERQUOTA .* [▁-█]{7} +raise quota, retry +The destination is full\./);
    expect(screen).toContain('AUTHENTICATIONFAILED');
  });

  it('open into entries and into one entry whole, with the responses of single messages', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('e');
    await console.type('j');
    await console.type('\r');
    expect(await console.screen()).toContain('errors › (message-policy)');
    await console.type('\r');
    const screen = await console.screen();
    expect(screen).toContain('errors › (message-policy) › dave');
    expect(screen).toContain('UID 48213   1 of 3');
    expect(screen).toMatch(/alike +3 messages: 48213:48215/);
    expect(screen).toMatch(/tried +3 times at most; met 3 times in all/);
    expect(screen).toMatch(/because +words "not accepted" on APPEND/);
    expect(screen).toContain('others with a response of their own');
    await console.type('m');
    expect(await console.screen()).toContain('› dave');
  });

  it('of folders and logins were not tried, they were met', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('e');
    await console.type('jj\r');
    const group = await console.screen();
    expect(group).toMatch(/ met +1 time$/m);
    expect(group).not.toContain('0 attempts');
    await console.type('\r');
    expect(await console.screen()).toMatch(/ met +1 time$/m);
  });

  it('are asked for again when another one is told of', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('e');
    engine.errors = [aGroup([anEntry('ann', 7, { response: 'NO [TOOBIG] too big' })], { code: 'TOOBIG' })];
    engine.say({ type: 'failure', failure: { ...anEntry('ann', 7), at: NOW } });
    await console.clock.pass(1_500);
    expect(await console.screen()).toContain('TOOBIG');
  });

  it('say why they are not there', async () => {
    const engine = anEngine();
    engine.answers.set('errors', { ok: false, why: 'the answer is larger than a line may be' });
    const { console } = await aBatchConsole(engine);
    await console.type('e');
    expect(await console.screen()).toContain('the answer is larger than a line may be');
  });
});

describe('the log', () => {
  it('follows the newest line until one looks back, and then again', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('l');
    expect(await console.screen()).toContain('↓ follows');
    engine.say({ type: 'log', line: aLine('a new line', { at: NOW }) });
    await console.clock.pass(500);
    expect(await console.screen()).toContain('a new line');
    await console.type('k');
    expect(await console.screen()).toContain('○ stays');
    const before = (await console.look()).text.slice(2, 20).join('\n');
    for (let i = 0; i < 40; i++) engine.say({ type: 'log', line: aLine(`later ${i}`, { at: NOW + i }) });
    await console.clock.pass(500);
    const after = await console.look();
    expect(after.text.slice(2, 20).join('\n')).toBe(before);
    expect(after.text[1]).toContain('of 104');
    await console.type('G');
    expect(await console.screen()).toContain('later 39');
  });

  it('is filtered by severity, side, mailbox and words', async () => {
    const { console } = await aBatchConsole(anEngine(), MIDDLE);
    await console.type('l');
    expect(await console.screen()).toContain('log 28-63 of 63');
    await console.type('v');
    expect(await console.screen()).toContain('of 15   ↓ follows   warn and up');
    await console.type('b');
    expect(await console.screen()).toContain('of 4   ↓ follows   warn and up   source only');
    await console.type('=');
    const narrow = await console.screen();
    expect(narrow).toMatch(/of [0-4] .*source only {3}(?:ann|bob)/);
    await console.type('=');
    await console.type('/');
    await console.type('!line\r');
    expect(await console.screen()).toContain('no line matches');
  });

  it('shows a line whole, and saves what the filter shows', async () => {
    const { console, services } = await aBatchConsole(anEngine());
    await console.type('l');
    await console.type('\r');
    expect(await console.screen()).toContain('2026-01-16T02:14:06.000Z error bob destination: line 59');
    await console.type('v');
    await console.type('w\r');
    expect(services.saved[0]?.text.trim().split('\n')).toHaveLength(15);
  });
});

it('shows what a hostile server says without letting it act on the terminal', async () => {
  const evil = '\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u202eNO';
  const engine = anEngine();
  engine.mailboxes = [aHeld(`ann${evil}`, said('source', `NO [X] ${evil}`), evil), aMailbox('bob')];
  engine.log = [aLine(evil, { mailbox: evil, folder: evil })];
  engine.errors = [aGroup([anEntry(evil, 1, { response: evil, folder: evil })])];
  const { console } = await aBatchConsole(engine);
  let raw = '';
  for (const key of ['t', 't', '\r', '\t', 's', 'e', '\r', '\r', 'l', '\r']) {
    await console.type(key);
    raw += (await console.look()).raw;
  }
  expect(raw).not.toContain('\u001b]52');
  expect(raw).not.toContain('\u001b[2J\u202e');
  expect(raw).not.toContain('\u202e');
});

it('says on every screen that the batch is paused, stopping or without an engine', async () => {
  const engine = anEngine();
  const { console } = await aBatchConsole(engine, SMALL, 'read-only');
  engine.say({ type: 'batch', batch: aBatch(aNight(), { state: 'draining' }) });
  await console.clock.pass(300);
  for (const key of ['n', 's', 'e', 'l']) {
    await console.type(key);
    expect((await console.look()).text[0]).toContain('stopping');
  }
  engine.die();
  await console.clock.pass(300);
  for (const key of ['n', 's', 'e', 'l']) {
    await console.type(key);
    expect((await console.look()).text[0]).toContain('▲ no engine since 02:14');
  }
});

import { describe, expect, it } from 'vitest';
import type { EngineCommand } from '../../../src/protocol/commands.js';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { decidedText } from '../../../src/words/decided-text.js';
import { aGroup, aNight, anEntry, someErrors } from '../support/a-batch.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';

function anEngine(): PaperEngine {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  return engine;
}

/** A console on the errors. */
async function aTriage(engine = anEngine(), ...rest: [size?: typeof SMALL, access?: 'full' | 'read-only']) {
  const opened = await aBatchConsole(engine, ...rest);
  await opened.console.type('e');
  return { engine, ...opened };
}

const previews = (engine: PaperEngine) => engine.told.filter((command) => command.do === 'preview');
const lastSelection = (engine: PaperEngine) => previews(engine).at(-1)?.selection;

describe('a group of errors', () => {
  it.each([
    ['R', '\r', 'Retry 131', { do: 'retry', afterSeconds: 0, treatment: 'as-is' }],
    ['R', '\u001b[C\r', 'Retry 131', { do: 'retry', afterSeconds: 600, treatment: 'as-is' }],
    ['R', '\t\u001b[C\u001b[C\r', 'Retry 131', { do: 'retry', afterSeconds: 0, treatment: 'repaired' }],
    ['R', '\u001b[C\u001b[C\u001b[C\t90 s\r', 'Retry 131', { do: 'retry', afterSeconds: 90, treatment: 'as-is' }],
    ['F', '\u001b[C\r', 'Retry 5, then 126', { do: 'try-first', first: 5, treatment: 'without-flags' }],
    ['S', 'too old\r', 'Skip 131', { do: 'skip', why: 'too old' }],
    ['B', '\r', 'Let 131 rest', { do: 'backoff', factor: 2, seconds: null }],
    ['B', '\u001b[C\u001b[C\u001b[C\r', 'Let 131 rest', { do: 'backoff', factor: null, seconds: 7_200 }],
    ['H', '\r', 'Release 1', { do: 'release' }],
  ])('is asked about by %s and decided by %j: %s', async (key, keys, button, action) => {
    const { console, engine } = await aTriage();
    await console.type(key);
    const asked = await console.screen();
    expect(asked).toContain(`[ ${button} ]`);
    expect(asked).toContain('this group ╮');
    expect(engine.orders).toEqual([]);
    for (const one of keys.split('\t').join('\n\t').split('\n')) await console.type(one);
    await console.clock.pass(500);
    const [decision] = engine.triage.decisions;
    const kept = engine.triage.decided.get(1);
    expect(kept?.preview.action).toEqual(action);
    expect(kept?.selected.reduce((sum, { uids }) => sum + uids.length, 0)).toBe(131);
    expect(decision?.by).toBe('eva');
    expect(await console.screen()).toContain(`✓ ${decision && decidedText(decision).slice(0, 50)}`);
  });

  it('is asked about with its scope, samples, and what else happens', async () => {
    const { console } = await aTriage();
    await console.type('F');
    const asked = await console.screen();
    expect(asked).toContain('131 messages of OVERQUOTA in 2 mailboxes, destination');
    expect(asked).toContain('first 5: maria@new.example INBOX UID 48213:48217');
    expect(asked).toContain('then 126: only if all 5 are taken');
    expect(asked).toContain('maria@new.example is held: this releases it');
    expect(asked.split('\n').at(-1)).toMatch(/tab next {2}right change {2}enter confirm .*esc cancel$/);
  });

  it('is left as it is when the question is cancelled, and marks stay', async () => {
    const { console, engine } = await aTriage();
    await console.type(' ');
    for (const keys of ['S', 'no\u001b', 'R', '\t\t\t', '\r']) {
      await console.type(keys);
      await console.clock.pass(100);
    }
    expect(engine.orders).toEqual([]);
    expect(await console.screen()).toContain(' 1 marked: R retry');
  });

  it('is not skipped without a reason', async () => {
    const { console, engine } = await aTriage();
    await console.type('S');
    expect(await console.screen()).toContain('[ Skip 131 ]');
    await console.type('  \r');
    expect(await console.screen()).toContain('▲ say why: it stands beside what is left out');
    expect(engine.orders).toEqual([]);
  });

  it('says what is wrong with a time, and what the engine refuses', async () => {
    const { console, engine } = await aTriage();
    await console.type('B');
    await console.type('\u001b[C\u001b[C\u001b[C\u001b[C\u001b[C');
    await console.type('\tsoon\r');
    expect(await console.screen()).toContain('▲ so many times longer, or a time');
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('R');
    await console.type('\u001b[C\u001b[C\u001b[C\t48 h\r');
    await console.clock.pass(500);
    expect(await console.screen()).toContain('▲ retry: after 0 seconds to 24 hours');
    expect(engine.orders).toEqual([]);
  });

  it('that has grown since it was counted is shown anew, and only what is shown is decided', async () => {
    const { console, engine } = await aTriage();
    await console.type('S');
    expect(await console.screen()).toContain('[ Skip 131 ]');
    engine.errors = [aGroup([anEntry('maria@new.example', 140)])];
    await console.type('too old\r');
    await console.clock.pass(100);
    const again = await console.screen();
    expect(again).toContain('the numbers have changed: look again');
    expect(again).toContain('[ Skip 140 ]');
    expect(engine.orders).toEqual([]);
    await console.type('\r');
    await console.clock.pass(100);
    expect(engine.triage.decisions[0]).toMatchObject({ action: { do: 'skip' }, uids: 140 });
  });

  it('that is only noted has nothing to decide', async () => {
    const engine = anEngine();
    engine.errors = [aGroup([anEntry('ann', 3)], { standing: 'settled' })];
    const { console } = await aTriage(engine);
    expect(await console.screen()).toMatch(/▸ {2}\+ 1 noted +3 .*enter lists them/);
    await console.type('\rj');
    expect(await console.screen()).toMatch(/OVERQUOTA +3 .*noted, nothing to do/);
    await console.type('R');
    const asked = await console.screen();
    expect(asked).toContain('nothing of this is open');
    expect(asked).toContain('[ Cancel ]');
    await console.type('\r');
    expect(engine.orders).toEqual([]);
  });

  it('shows how many were left out once it is skipped, and all of it after u', async () => {
    const { console, engine } = await aTriage();
    await console.type('S');
    await console.type('too old\r');
    await console.clock.pass(1_500);
    expect(await console.screen()).toMatch(/\+ 1 left out +131/);
    await console.type('G\rj');
    expect(await console.screen()).toMatch(/▸ {2}OVERQUOTA +\(131\) .*left out; U undoes it/);
    await console.type('U');
    await console.clock.pass(1_500);
    const back = await console.screen();
    expect(back).toMatch(/▸ {2}OVERQUOTA +131 +2 +dest/);
    expect(engine.orders.at(-1)).toEqual({ do: 'undo', decision: 1, by: 'eva' });
    await console.type('U');
    expect(await console.screen()).toContain('nothing is decided that could be taken back');
  });

  it('says why the last decision cannot be taken back any more', async () => {
    const { console, engine } = await aTriage();
    await console.type('H');
    await console.type('\r');
    await console.type('U');
    expect(await console.screen()).toContain('▲ too late for that: release');
    expect(engine.orders.some(({ do: what }) => what === 'undo')).toBe(false);
  });
});

describe('the target of an order', () => {
  it('is marked, a row or all that the filter shows, and the dialog says which', async () => {
    const { console, engine } = await aTriage();
    await console.type('jj R');
    expect(await console.screen()).toContain('1 marked group ╮');
    expect(lastSelection(engine)).toMatchObject({ filter: '', groups: ['AUTHENTICATIONFAILED'], entries: null });
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('/side:dest\r');
    await console.clock.pass(300);
    expect(await console.screen()).toMatch(/groups 1-2 of 2 {3}filter side:dest {3}1 mark hidden/);
    await console.type('a');
    expect((await console.look()).text.at(-2)).toContain(' 2 marked: R retry');
    await console.type('R');
    const asked = await console.screen();
    expect(asked).toContain('all 2 groups that the filter shows ╮');
    expect(asked).toContain('[ Retry 134 ]');
    expect(lastSelection(engine)).toEqual({ filter: 'side:dest', groups: null, entries: null, uids: null });
    await console.type('\r');
    await console.clock.pass(100);
    expect(engine.triage.decisions[0]?.uids).toBe(134);
    expect(await console.screen()).not.toContain('marked');
  });

  it('is one entry of a group, or one message of an entry', async () => {
    const { console, engine } = await aTriage();
    await console.type('\r');
    await console.type('j');
    await console.type('R');
    expect(await console.screen()).toContain('[ Retry 43 ]');
    expect(lastSelection(engine)).toMatchObject({ groups: ['OVERQUOTA'], entries: ['peter@new.example/43'] });
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('\r');
    await console.type('\u001b[C\u001b[C');
    expect(await console.screen()).toContain('UID 48215   3 of 43');
    await console.type('S');
    expect(await console.screen()).toContain('UID 48215 ╮');
    await console.type('broken\r');
    await console.clock.pass(100);
    expect(engine.triage.decided.get(1)?.selected.map(({ uids }) => uids)).toEqual([[48_215]]);
  });

  it('is of one mailbox where its errors are looked at', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('jm');
    await console.type('\r');
    await console.type('R');
    expect(lastSelection(engine)?.filter).toBe('mailbox:"maria@new.example"');
    expect(await console.screen()).toContain('[ Retry 88 ]');
  });
});

describe('the filter of errors', () => {
  it('is read by the engine; a bad one says so below, and the last good list stays', async () => {
    const { console, engine } = await aTriage();
    await console.type('/kind:quota');
    await console.clock.pass(300);
    expect(await console.screen()).toContain('groups 1-1 of 1   filter kind:quota   131 messages');
    await console.type(' kind:qota');
    await console.clock.pass(300);
    const { text } = await console.look();
    expect(text.join('\n')).toContain('groups 1-1 of 1   filter kind:quota kind:qota   131 messages');
    expect(text.at(-2)).toMatch(/▲ filter kind:qota: no such kind/);
    expect(text.at(-3)).toContain('kind:quota kind:qota');
    await console.type('\r');
    await console.type('R');
    expect(lastSelection(engine)?.filter).toBe('kind:quota');
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('/\u001b');
    await console.clock.pass(400);
    const all = await console.screen();
    expect(all).toContain('groups 1-3 of 3');
    expect(all).not.toContain('no such kind');
  });

  it('goes with one into a group', async () => {
    const { console } = await aTriage();
    await console.type('/mailbox:peter*\r');
    await console.clock.pass(300);
    await console.type('\r');
    const entries = await console.screen();
    expect(entries).toContain('entries 1-1 of 1   filter mailbox:peter*   43 messages');
  });

  it('turns to groups by kind and back', async () => {
    const { console, engine } = await aTriage();
    await console.type('t');
    await console.clock.pass(300);
    const kinds = await console.screen();
    expect(kinds).toMatch(/▸ {2}\(quota\)/);
    expect(kinds).toContain('by kind   since 20:00');
    await console.type('R');
    expect(lastSelection(engine)?.groups).toEqual(['kind quota']);
  });
});

describe('releasing a hold', () => {
  it('asks for the new password that a mailbox waits for, and gives it to the engine alone', async () => {
    const { console, engine } = await aTriage();
    await console.type('jj');
    await console.type('H');
    const asked = await console.screen();
    expect(asked).toContain('1 held mailbox');
    expect(asked).toMatch(/tom@new\.example +new password of the source/);
    await console.type('hunter2');
    expect(await console.screen()).toContain('●●●●●●●');
    await console.type('\r');
    await console.clock.pass(100);
    const secret: EngineCommand = { do: 'password', mailbox: 'tom-new-example', side: 'source', secret: 'hunter2' };
    expect(engine.orders).toEqual([secret, { do: 'decide', preview: 'p1', by: 'eva' }]);
    expect(await console.screen()).not.toContain('hunter2');
  });

  it('tries the old one where nothing is typed, and says what is refused', async () => {
    const { console, engine } = await aTriage();
    await console.type('jj');
    engine.answers.set('password', { ok: false, why: 'no mailbox waits for that' });
    await console.type('H');
    await console.type('x\r');
    await console.clock.pass(100);
    expect(await console.screen()).toContain('▲ tom@new.example: no mailbox waits for that');
    expect(engine.triage.decisions).toEqual([]);
    await console.type('\u007f\r');
    await console.clock.pass(100);
    expect(engine.triage.decisions).toHaveLength(1);
  });
});

describe('what responses mean', () => {
  it('is explained: the rule, its words, and what follows', async () => {
    const { console } = await aTriage();
    await console.type('x');
    const why = await console.screen();
    expect(why).toContain('why it was read so');
    expect(why).toMatch(/because +code OVERQUOTA on APPEND/);
    expect(why).toMatch(/rule +code-overquota/);
    expect(why).toMatch(/reaches +the whole mailbox/);
  });

  it('is corrected for the batch, and says where it cannot be', async () => {
    const { console, engine } = await aTriage();
    await console.type('M');
    expect(await console.screen()).toContain('now quota ╮');
    for (let i = 0; i < 7; i++) await console.type('\u001b[B');
    await console.type('\r');
    expect(await console.screen()).toContain('▲ this cannot be read as missing');
    await console.type('\u001b[A\u001b[A\u001b[A\u001b[A\u001b[A\u001b[A\u001b[A\r');
    await console.clock.pass(100);
    expect(engine.triage.corrections).toMatchObject([{ kind: 'transient', by: 'eva' }]);
    expect(await console.screen()).toContain('d lists such rules');
  });
});

describe('a message', () => {
  const look = {
    from: 'Ann Example <ann@old.example>',
    to: 'maria@new.example',
    subject: '見積書 2026',
    date: 'Thu, 15 Jan 2026 10:00:00 +0000',
    messageId: '<1@old.example>',
    size: 48_213,
    flags: ['\\Seen'],
    internalDate: '15-Jan-2026 10:00:01 +0000',
  };

  it('is looked at on demand, and says since when the source is asked', async () => {
    const engine = anEngine();
    let answer: () => void = () => undefined;
    const command = engine.command.bind(engine);
    engine.message = look;
    engine.command = async (given) => {
      if (given.do === 'message') await new Promise<void>((resolve) => (answer = resolve));
      return command(given);
    };
    const { console } = await aTriage(engine);
    for (const key of ['\r', '\r', 'h']) await console.type(key);
    expect(await console.screen()).toContain('asking the source since 02:14:07');
    answer();
    await console.clock.pass(500);
    const shown = await console.screen();
    expect(shown).toMatch(/From +Ann Example <ann@old\.example>/);
    expect(shown).toMatch(/Subject +見積書 2026/);
    expect(shown).toMatch(/size +47\.1 kB \(48,213 bytes\)/);
    expect(engine.told).toContainEqual({ do: 'message', mailbox: 'maria-new-example', folder: 'INBOX', uid: 48_213 });
    // The next message was not asked for.
    await console.type('\u001b[C');
    expect(await console.screen()).not.toContain('見積書');
  });

  it('says why it cannot be looked at', async () => {
    const { console } = await aTriage();
    for (const key of ['\r', '\r', 'h']) await console.type(key);
    expect(await console.screen()).toContain('▲ the source is out of reach');
  });

  it('is saved where the operator says', async () => {
    const { console, engine } = await aTriage();
    for (const key of ['\r', '\r', 'w']) await console.type(key);
    expect(await console.screen()).toContain('~/maria@new.example-48213.eml');
    await console.type('\r');
    const path = '/home/op/maria@new.example-48213.eml';
    const folder = 'INBOX';
    expect(engine.orders).toEqual([{ do: 'save-message', mailbox: 'maria-new-example', folder, uid: 48_213, path }]);
    expect(await console.screen()).toContain(`saved to ${path}`);
  });
});

it('writes the target into a file, CSV or JSON, and stays open where that is refused', async () => {
  const { console, engine } = await aTriage();
  await console.type('w');
  const asked = await console.screen();
  expect(asked).toContain('OVERQUOTA: 131 messages in 2 mailboxes');
  expect(asked).toContain('~/school-2026-errors-20260116-021407.csv');
  await console.type('\u001b[C');
  expect(await console.screen()).toContain('errors-20260116-021407.json');
  engine.answers.set('export', { ok: false, why: 'export: there is such a file already; give another name' });
  await console.type('\r');
  expect(await console.screen()).toContain('▲ export: there is such a file already');
  engine.answers.delete('export');
  await console.type('\t\t');
  expect((await console.screen()).split('\n').at(-1)).toContain('^u clear');
  await console.type('\u0015~/list');
  // The text that was typed is the operator's: the next letter goes behind it.
  await console.type('.json\r');
  expect(engine.orders.at(-1)).toEqual({
    do: 'export',
    format: 'json',
    path: '/home/op/list.json',
    selection: { filter: '', groups: ['OVERQUOTA'], entries: null, uids: null },
  });
  expect(await console.screen()).toContain('131 rows saved to /home/op/list.json');
});

it('shows what the source says of the messages of the target, and where it says nothing', async () => {
  const engine = anEngine();
  const of = { mailbox: 'maria@new.example', folder: 'INBOX' };
  engine.headers = {
    messages: [
      { ...of, uid: 48213, from: 'Eva <eva@x>', subject: 'Invoice 17', date: 'Mon, 2 Mar 2026', size: 12_345 },
      { ...of, uid: 48214, from: null, subject: null, date: null, size: null },
    ],
    more: 129,
    notes: ['peter@new.example: the source refused its password; give that first'],
  };
  const { console } = await aTriage(engine);
  await console.type('h');
  const shown = await console.screen();
  expect(shown).toMatch(/maria@new\.example, INBOX *│/);
  expect(shown).toMatch(/Invoice 17 +Eva <eva@x> +12\.1 kB/);
  expect(shown).toContain('UID 48214: the source did not give it');
  expect(shown).toContain('and 129 more messages');
  expect(shown).toContain('the source refused its password');
  expect(engine.told.at(-1)).toMatchObject({ do: 'headers', selection: { groups: ['OVERQUOTA'] } });
  await console.type('\u001b');
  await console.clock.pass(100);
  // And into the file.
  await console.type('w\t\u001b[C\r');
  expect(engine.orders.at(-1)).toMatchObject({ do: 'export', headers: 'read' });
});

describe('a read-only console', () => {
  it('says so, and decides nothing', async () => {
    const { console, engine } = await aTriage(anEngine(), SMALL, 'read-only');
    const first = await console.look();
    expect(first.text[0]).toContain('read-only');
    expect(first.text.slice(-2).join('\n')).not.toMatch(/retry|skip|backoff|release/);
    for (const key of ['R', 'F', 'B', 'H', 'M', 'U']) await console.type(key);
    expect(await console.screen()).toContain('▸  OVERQUOTA');
    await console.type('d');
    await console.type('U');
    expect(previews(engine)).toEqual([]);
    expect(engine.orders).toEqual([]);
  });
});

describe('decisions', () => {
  it('are listed with what came of them, and taken back one by one', async () => {
    const { console, engine } = await aTriage();
    for (const keys of ['S', 'too old\r', 'j', 'R', '\r', 'M', '\r', 'd']) {
      await console.type(keys);
      await console.clock.pass(200);
    }
    await console.clock.pass(1_000);
    const shown = await console.screen();
    expect(shown).toContain('errors › decisions');
    expect(shown).toContain('decisions 1-3 of 3   1 rule for responses');
    expect(shown).toMatch(/▸ +02:14 {2}eva +after APPEND at the destination/);
    expect(shown).toMatch(/eva +retry 3 messages/);
    expect(shown).toMatch(/eva +skip 131 messages .*left out/);
    await console.type('G');
    await console.type('U');
    expect(await console.screen()).toContain('take decision 1 back');
    await console.type('\r');
    await console.clock.pass(1_500);
    expect(engine.orders.at(-1)).toEqual({ do: 'undo', decision: 1, by: 'eva' });
    expect(await console.screen()).toContain('undone');
    // A decision that is taken back already is not offered again.
    expect((await console.screen()).split('\n').at(-1)).not.toContain('take back');
    await console.type('U');
    expect(await console.screen()).toContain('U take back: only a decision that no worker has taken yet');
    await console.type('g');
    await console.type('U');
    expect(await console.screen()).toContain('remove the rule');
    await console.type('\r');
    await console.clock.pass(1_500);
    expect(engine.triage.corrections).toEqual([]);
    expect(await console.screen()).not.toContain('rule for responses');
  });
});

describe.each([SMALL, MIDDLE, LARGE])('at $columns x $rows', (size) => {
  it.each(['R', 'F', 'S', 'B', 'H', 'M', 'w', 'x', 'd', '\r\rh', '\r\rw'])(
    'the dialog of %j is whole and as wide as its place',
    async (keys) => {
      const engine = anEngine();
      const cjk = anEntry('日本支社@example.jp', 1_234, {
        folder: '下書き/2021',
        response: `NO ${'容量が不足しています '.repeat(30)}`,
      });
      engine.errors = [aGroup([cjk, ...Array.from({ length: 40 }, (_, i) => anEntry(`user${i}@example.org`, i + 1))])];
      const { console } = await aTriage(engine, size);
      for (const key of keys) await console.type(key);
      const { text } = await console.look();
      expect(text).toHaveLength(size.rows);
      for (const line of text) expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
      expect(text.at(-1)).toMatch(/esc (cancel|back)$/);
      const box = text.filter((line) => /[╭╰]/.test(line));
      if (!'d'.includes(keys) && keys !== '\r\rh') expect(box).toHaveLength(2);
    },
  );
});

it('is drawn in ASCII and without colours where nothing else arrives', async () => {
  const mode = {
    kind: 'console',
    charset: 'ascii',
    theme: 'bare',
    mouse: 'on',
    signs: { title: 'hidden', bell: 'silent' },
  } as const;
  const { console } = await aBatchConsole(anEngine(), SMALL, 'full', { mode });
  for (const key of ['e', 't', 'R', '\u001b[C', '\t', '\u001b']) {
    await console.type(key);
    await console.clock.pass(200);
    const { raw, text } = await console.look();
    expect(raw).toMatch(/^[\u001b\r\u0020-\u007e]*$/);
    expect(raw).not.toMatch(/\u001b\[[\d;]+m/);
    if (key === 'R') expect(text.join('\n')).toMatch(/> when {2}\[now\] in 10 min[\s\S]*\[ Retry 131 \]/);
  }
});

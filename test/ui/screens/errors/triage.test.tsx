import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../../src/ui/text/graphemes.js';
import { decidedText } from '../../../../src/words/decided-text.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../../support/a-batch-console.js';
import { anErringEngine, aTriage, previews } from '../../support/a-triage.js';
import { aGroup, anEntry } from '../../support/some-errors.js';

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

  it('says how many messages wait for the order that were not tried', async () => {
    const { console } = await aTriage();
    await console.type('R');
    expect(await console.screen()).toContain('4,912 more messages wait for that');
  });

  it('is given up with its mailboxes by the key that leaves out, where it holds whole mailboxes', async () => {
    const { console, engine } = await aTriage();
    await console.type('/AUTHENTICATIONFAILED\r');
    await console.clock.pass(500);
    await console.type('S');
    expect(await console.screen()).toContain('[ Give up 1 ]');
    await console.type('no such user\r');
    expect(engine.orders).toContainEqual(
      expect.objectContaining({ do: 'give-up', mailboxes: ['tom-new-example'], why: 'no such user' }),
    );
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

  it('that holds only notes cannot be decided about', async () => {
    const engine = anErringEngine();
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

describe('a read-only console', () => {
  it('says so, and decides nothing', async () => {
    const { console, engine } = await aTriage(anErringEngine(), SMALL, 'read-only');
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
      const engine = anErringEngine();
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
  const { console } = await aBatchConsole(anErringEngine(), SMALL, 'full', { mode });
  for (const key of ['e', 't', 'R', '\u001b[C', '\t', '\u001b']) {
    await console.type(key);
    await console.clock.pass(200);
    const { raw, text } = await console.look();
    expect(raw).toMatch(/^[\u001b\r\u0020-\u007e]*$/);
    expect(raw).not.toMatch(/\u001b\[[\d;]+m/);
    if (key === 'R') expect(text.join('\n')).toMatch(/> when {2}\[now\] in 10 min[\s\S]*\[ Retry 131 \]/);
  }
});

import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { said } from '../../support/a-reason.js';
import { aBatch, aHeld, aLine, aMailbox, aNight, NOW } from '../support/a-batch.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../support/a-batch-console.js';
import { anEngineWithLog } from '../support/an-engine-with-log.js';
import { aGroup, anEntry } from '../support/some-errors.js';

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
    const { console } = await aBatchConsole(anEngineWithLog(), size);
    for (const key of keys) await console.type(key);
    const { text } = await console.look();
    expect(text).toHaveLength(size.rows);
    for (const line of text) expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
    expect(text.join('\n')).toContain(shown);
  });
});

describe('the log', () => {
  it('follows the newest line until one looks back, and then again', async () => {
    const engine = anEngineWithLog();
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
    const { console } = await aBatchConsole(anEngineWithLog(), MIDDLE);
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
    const { console, services } = await aBatchConsole(anEngineWithLog());
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
  const engine = anEngineWithLog();
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
  const engine = anEngineWithLog();
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

import { describe, expect, it } from 'vitest';
import { isAlive, sortBatches, standing } from '../../../../src/ui/screens/start/batch-columns.js';
import { MINUTE, NOW } from '../../support/a-batch.js';
import { aStartConsole, SMALL } from '../../support/a-batch-console.js';
import { turn } from '../../support/manual-clock.js';
import { PaperStart, RUNNING, summary } from '../../support/paper-start.js';

describe('the start screen', () => {
  it('lists the batches, those at work first, with what needs a hand', async () => {
    const { console } = await aStartConsole(new PaperStart());
    const screen = await console.screen();
    expect(screen).toMatch(/nightferry +3 batches/);
    expect(screen).toMatch(/▸ {2}school-2026 +running +57% {2}2 need you, 18 at work/);
    expect(screen).toMatch(/law-firm +stopped +57% {2}3 errors +10 h ago/);
    expect(screen).toMatch(/test-move +complete/);
  });

  it('opens the batch that runs, and goes on with one that does not when told to', async () => {
    const first = await aStartConsole(new PaperStart());
    await first.console.type('\r');
    expect(first.choices).toEqual([{ attach: 'school-2026' }]);
    expect(await first.console.ended).toBe(0);
    const services = new PaperStart();
    const second = await aStartConsole(services);
    await second.console.type('j');
    await second.console.type('R');
    await turn();
    expect(services.asked).toEqual(['resume law-firm']);
    expect(second.choices).toEqual([{ attach: 'law-firm' }]);
  });

  it('leaves for the check of a plan that can be read, and says of another why not', async () => {
    const services = new PaperStart();
    const { console, choices } = await aStartConsole(services);
    for (const text of ['p', 'school.txt', '\r']) await console.type(text);
    await turn();
    await console.clock.pass(100);
    expect(await console.screen()).toContain('school.txt: there is no such file');
    expect(choices).toEqual([]);
    for (const text of ['p', 'school.csv', '\r']) await console.type(text);
    await turn();
    expect(services.plans).toEqual(['school.txt', 'school.csv']);
    expect(choices).toEqual([{ check: 'school.csv' }]);
  });

  it('opens one that does not run to look at it: a morning does not begin with logins', async () => {
    const services = new PaperStart();
    const { console, choices } = await aStartConsole(services);
    await console.type('j');
    await console.type('\r');
    await turn();
    expect(services.asked).toEqual(['open law-firm']);
    expect(choices).toEqual([{ attach: 'law-firm' }]);
  });

  it('keeps what was typed while the help lies over it, and tells of the keys that a field leaves', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('c');
    for (const text of ['imaps://ann@old.example@mail.old.example\r', 'secret']) await console.type(text);
    const lines = async () => (await console.look()).text.map((line) => line.trimEnd());
    const before = await lines();
    expect(before.join('\n')).toContain('f1 help  ^c leave');
    await console.type('\u001bOP');
    expect(await console.screen()).toContain('Fill in the form');
    await console.type('\u001b');
    await console.clock.pass(100);
    expect(await lines()).toEqual(before);
    await console.type('\r');
    for (const text of ['imaps://ann@mail.new.example\r', 'other\r', '\r']) await console.type(text);
    await turn();
    expect(services.tested[0]).toEqual(['source', 'imaps://ann@old.example@mail.old.example', 'secret']);
  });

  it('moves no mailbox to itself', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('c');
    for (const text of ['imaps://ann@mail.example\r', 'x\r', 'imaps://ann@MAIL.example \r', 'x\r', '\r'])
      await console.type(text);
    await turn();
    const screen = await console.screen();
    expect(screen).toContain('Source and destination are the same mailbox.');
    expect(screen).not.toContain('[ Move ]');
  });

  it('deletes the records of a batch only when that is confirmed, and never of one at work', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('D');
    expect(await console.screen()).not.toContain('Delete the records');
    await console.type('jj');
    await console.type('D');
    expect(await console.screen()).toContain('No mail is touched on either side');
    await console.type('\r');
    expect(services.asked).toEqual([]);
    await console.type('D');
    await console.type('Y');
    expect(services.asked).toEqual(['delete test-move']);
    await console.clock.pass(500);
    expect(await console.screen()).not.toContain('test-move  ');
  });

  it('that is read-only opens what runs, and neither resumes, deletes nor moves anything', async () => {
    const services = new PaperStart();
    const { console, choices } = await aStartConsole(services, SMALL, 'read-only');
    expect(await console.screen()).not.toMatch(/move one mailbox|move a mailbox|delete|resume/);
    await console.type('j');
    for (const key of ['\r', 'R', 'D', 'c', '\t']) await console.type(key);
    expect(await console.screen()).toMatch(/▸ {2}law-firm/);
    expect([services.asked, choices]).toEqual([[], []]);
    await console.type('k');
    await console.type('\r');
    expect(choices).toEqual([{ attach: 'school-2026' }]);
  });

  it('begins in the form where there are no batches', async () => {
    const services = new PaperStart();
    services.list = [];
    const { console } = await aStartConsole(services);
    await console.clock.pass(300);
    await console.type('imaps://q@old');
    expect(await console.screen()).toContain('imaps://q@old');
  });

  it('takes q as a letter in a field, and as leaving in the list', async () => {
    const { console, choices } = await aStartConsole(new PaperStart());
    await console.type('c');
    await console.type('q');
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('q');
    expect(await console.ended).toBe(0);
    expect(choices).toEqual([]);
  });
});

describe('batches', () => {
  it('are those at work, then those with something left, then the done ones, the latest first', () => {
    const list = [
      summary('done', { state: 'ended', lastAt: NOW }),
      summary('old', { lastAt: NOW - 99 * MINUTE }),
      summary('young', { lastAt: NOW }),
      RUNNING,
      summary('never', { lastAt: null }),
    ];
    expect(sortBatches(list).map(({ name }) => name)).toEqual(['school-2026', 'young', 'old', 'never', 'done']);
    expect(list.filter(isAlive)).toEqual([RUNNING]);
  });

  it('say what needs a hand first', () => {
    expect(standing(RUNNING)).toBe('2 need you, 18 at work, 214 errors');
    expect(standing(summary('x', { byState: { incomplete: 1 }, needs: 1, errors: 1 }))).toBe('1 needs you, 1 error');
    expect(standing(summary('x', { state: 'unreadable', why: 'batch.json: version 9' }))).toBe('batch.json: version 9');
  });
});

describe('on a terminal that the form does not fit on', () => {
  it.each([
    { columns: 60, rows: 15 },
    { columns: 40, rows: 8 },
    { columns: 20, rows: 4 },
  ])('at $columns x $rows it lists the batches, those at work first, and recovers', async (size) => {
    const many = Array.from({ length: 30 }, (_, at) => summary(`old-${at}`, { lastAt: NOW - (700 + at) * MINUTE }));
    const services = new PaperStart();
    services.list = [...many, RUNNING];
    const { console } = await aStartConsole(services, SMALL);
    await console.resize(size);
    await console.clock.pass(2_100);
    const { text } = await console.look();
    expect(text[0]).toMatch(/^ night/);
    expect(text[1]).toMatch(/^ school-2026/);
    for (const line of text) expect(line.length).toBeLessThanOrEqual(size.columns);
    if (size.columns === 60) {
      expect(text[1]).toMatch(/running +57% .*2 need you/);
      expect(text.join('\n')).toMatch(/and 19 more/);
      expect(text.join('\n')).toContain('80x24 has the form, too. q leaves, engines go on.');
    }
    await console.resize(SMALL);
    await console.clock.pass(100);
    expect(await console.screen()).toContain('move one mailbox');
  });
});

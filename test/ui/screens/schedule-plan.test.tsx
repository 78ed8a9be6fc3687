import { describe, expect, it } from 'vitest';
import type { MailboxEntity } from '../../../src/protocol/entities.js';
import type { RehearsalEntity } from '../../../src/protocol/rehearsal-entity.js';
import { plannedSpans } from '../../../src/ui/select/rehearsal.js';
import { plainText } from '../../../src/ui/text/spans.js';
import { aMailbox, aNight, MINUTE, NOW } from '../support/a-batch.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../support/a-batch-console.js';
import { aPlanned, aRehearsal, SIX } from '../support/a-rehearsal.js';
import { PaperEngine } from '../support/paper-engine.js';

const many = (count: number): readonly MailboxEntity[] =>
  Array.from({ length: count }, (_, at) => aMailbox(`user${String(at + 1).padStart(3, '0')}@school.example`));

function anEngine(mailboxes: readonly MailboxEntity[], more: Partial<RehearsalEntity> = {}): PaperEngine {
  const engine = new PaperEngine(mailboxes);
  engine.answers.set('rehearse', { ok: true, rehearsal: aRehearsal(mailboxes, more) });
  return engine;
}

const BY_SIX: Partial<RehearsalEntity> = {
  by: SIX,
  done: 2,
  leftOut: [
    { why: 'held', mailboxes: 1 },
    { why: 'another wave', mailboxes: 2 },
  ],
  doneBy: { middle: 40, from: 38, to: 44 },
  pace: 'assumed',
  helps: [{ change: { key: 'concurrency', to: 30 }, doneBy: 45, end: SIX - 30 * MINUTE }],
};

describe('the plan in the schedule', () => {
  it('is played when the screen opens, and says how many are done by the hour and what would help', async () => {
    const engine = anEngine(aNight(), BY_SIX);
    const { console } = await aBatchConsole(engine, LARGE);
    expect(engine.told.map((one) => one.do)).not.toContain('rehearse');
    await console.type('s');
    const screen = await console.screen();
    expect(engine.told.filter((one) => one.do === 'rehearse')).toEqual([{ do: 'rehearse', by: null }]);
    const played = aRehearsal(aNight()).played + 2;
    expect(screen).toContain(`By 06:00 42 of ${played} synced (90%: 40 to 46)   all by `);
    expect(screen).toContain(
      `not moved: 1 held, 2 of another wave   pace assumed   would help: 30 at once (47 of ${played}, all by 05:30)`,
    );
  });

  it('draws the hours of those that wait beside what was, and the words of both', async () => {
    const [fred] = aNight().filter(({ email }) => email === 'fred');
    const plan = aPlanned('fred', 10, 100);
    const { console } = await aBatchConsole(anEngine([fred!], { mailboxes: [plan] }), MIDDLE);
    await console.type('s');
    expect(await console.screen()).toMatch(/▸ fred +┊ +─+▸? +02:24-03:54 {2}starts in 0:38/);
  });

  it.each([
    ['80x24', SMALL, 9],
    ['120x40', MIDDLE, 9],
    ['200x60', LARGE, 8],
  ])('fits %s with 500 mailboxes, whose night is as long as the line', async (_, size, around) => {
    const { console } = await aBatchConsole(anEngine(many(500), { ...BY_SIX, played: 500 }), size);
    await console.type('s');
    const lines = (await console.screen()).split('\n');
    expect(lines).toHaveLength(size.rows);
    const rows = lines.filter((line) => /user\d{3}/.test(line));
    // The first line, the rule, two of the plan, two of the axis, the sum, and the lines of keys.
    expect(rows).toHaveLength(size.rows - around);
    expect(lines[2]).toContain('By 06:00 42 of 502 synced (90%: 40 to 46)   all by ');
    expect(rows[0]).toMatch(/user001.*─+▸? +to 02:49 {2}waits/);
    expect(rows[8]).toMatch(/user009.*─+▸? +02:49-03:24 {2}waits/);
    const starts = rows.map((line) => line.indexOf('─'));
    expect(starts[0]).toBeGreaterThan(0);
    expect(starts[rows.length - 1]).toBeGreaterThan(starts[0]!);
    await console.type('G');
    expect(await console.screen()).toMatch(/user500.* (17 Jan )?\d\d:\d\d-(17 Jan )?\d\d:\d\d/);
  });

  it('asks for another hour by a key, and plays the night again for the same one', async () => {
    const engine = anEngine(aNight());
    const { console } = await aBatchConsole(engine);
    const asked = () => engine.told.filter((one) => one.do === 'rehearse');
    await console.type('s');
    await console.type('r');
    expect(await console.screen()).toContain('By which hour is it to be done?');
    await console.type('six\r');
    expect(await console.screen()).toContain('an hour of the day is expected: 06:00, or nothing');
    await console.type('\u001506:00\r');
    await console.clock.pass(2_000);
    expect(asked()).toEqual([
      { do: 'rehearse', by: null },
      { do: 'rehearse', by: SIX },
    ]);
    await console.type('r');
    expect(await console.screen()).toContain('06:00');
    await console.type('\r');
    await console.clock.pass(2_000);
    expect(asked()).toHaveLength(3);
    expect(asked().at(-1)).toEqual({ do: 'rehearse', by: SIX });
    expect(engine.orders).toEqual([]);
  });

  it('says by which command the night is played where no engine plays it', async () => {
    const engine = new PaperEngine(aNight());
    engine.answers.set('rehearse', { ok: false, why: 'no engine' });
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    expect(await console.screen()).toContain('no plan: no engine; `nightferry rehearse school-2026` plays the night');
  });
});

it('the words of a planned mailbox: its hours, and for what it rests longest', () => {
  const mailbox = aMailbox('ann');
  const words = (plan: ReturnType<typeof aPlanned>) => plainText(plannedSpans(plan, mailbox, null, NOW)).trim();
  const plan = aPlanned('ann', 10, 30);
  const rest = (from: number, to: number, why: { readonly key: 'asked to rest' | 'batch paused' }) =>
    ({ kind: 'rests', from: NOW + from * MINUTE, to: NOW + to * MINUTE, why }) as const;
  expect(words(plan)).toBe('02:24-02:44');
  expect(words({ ...plan, doneAt: null })).toBe('02:24-later');
  const rests = [rest(12, 13, { key: 'batch paused' }), rest(14, 29, { key: 'asked to rest' })];
  expect(words({ ...plan, stretches: [...plan.stretches, ...rests] })).toBe('02:24-02:44 rests: servers ask for it');
  expect(words(aPlanned('ann', -30, -10))).toBe('');
});

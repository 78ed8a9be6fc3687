import { describe, expect, it } from 'vitest';
import type { ConsoleView } from '../../../src/ui/model/view.js';
import { smallStatus } from '../../../src/ui/select/small-status.js';
import { DRAWN } from '../../../src/ui/text/glyphs.js';
import { plainText, spansWidth } from '../../../src/ui/text/spans.js';
import { said } from '../../support/a-reason.js';
import { aBatch, aCopying, aHeld, aMailbox, counts, NOW } from '../support/a-batch.js';

const MAILBOXES = [
  aCopying('ann@x', 0.5),
  aHeld('bob@x', said('destination', 'NO [OVERQUOTA] full'), 'raise the quota'),
  aHeld('eve@x', said('destination', 'NO [OVERQUOTA] full'), 'raise the quota'),
  aHeld('fay@x', said('source', 'NO [AUTHENTICATIONFAILED] no'), 'correct the login'),
];

const BROKE = said('source', '* BYE Internal error occurred.');

function view(more: Partial<ConsoleView> = {}): ConsoleView {
  const batch = aBatch(MAILBOXES, { counts: counts(20_000, 12_800), expected: 20_000, eta: NOW + 3_600_000 });
  return { batch, mailboxes: MAILBOXES, now: NOW, link: { kind: 'live' }, ...more } as ConsoleView;
}

const drawn = (columns: number, rows: number, of = view()) =>
  smallStatus(of, { columns, rows }, DRAWN, '80x24 shows more.').map(plainText);

describe('a batch on a small terminal', () => {
  it('says how far, until when, and who needs the operator, the worst cause first', () => {
    const lines = drawn(60, 15);
    expect(lines[0]).toMatch(/^ school-2026 +02:14:07 UTC $/);
    expect(lines[1]).toMatch(/^ █+.* 64%$/);
    expect(lines[3]).toMatch(/done about 03:14/);
    expect(lines[4]).toBe(' ▲ 3 need you');
    expect(lines[5]).toMatch(/^ {3}2 mailboxes {2}.*OVERQUOTA/);
    expect(lines[6]).toMatch(/^ {3}fay@x {2}.*AUTHENTICATIONFAILED/);
    expect(lines.at(-1)).toBe(' 80x24 shows more.');
  });

  it('says when the next one is tried where all rest, as the night does, and promises no end', () => {
    const mailboxes = [aMailbox('ann@x', { state: { kind: 'backing-off', until: NOW + 60_000, because: BROKE } })];
    const batch = aBatch(mailboxes, { counts: counts(20_000, 12_800), eta: NOW + 3_600_000 });
    const lines = drawn(60, 15, view({ batch, mailboxes }));
    expect(lines[3]).toMatch(/all rest, the next try in 1:00/);
    expect(lines[3]).not.toContain('done about');
  });

  it.each([
    [60, 15],
    [40, 8],
    [20, 4],
    [10, 1],
  ])('takes no more than %i by %i cells', (columns, rows) => {
    const lines = drawn(columns, rows);
    expect(lines.length).toBeLessThanOrEqual(rows);
    // The bar is as wide as the terminal; texts are cut where they are drawn.
    expect(spansWidth([lines[1] ?? ''])).toBeLessThanOrEqual(columns);
  });

  it('says that the engine is gone, and what is read before there is a batch', () => {
    expect(drawn(60, 15, view({ link: { kind: 'gone', at: NOW } as never }))[0]).toContain('no engine');
    expect(drawn(60, 15, view({ batch: null }))).toEqual([' reading the batch']);
  });
});

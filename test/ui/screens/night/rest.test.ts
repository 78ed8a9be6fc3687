import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MailboxEntity } from '../../../../src/protocol/entities.js';
import { mailboxPane } from '../../../../src/ui/screens/night/mailbox-pane.js';
import { restLines, shareLines } from '../../../../src/ui/screens/night/rest-lines.js';
import { DRAWN } from '../../../../src/ui/text/glyphs.js';
import { plainText } from '../../../../src/ui/text/spans.js';
import { aCopying, aMailbox, counts, MINUTE, NOW } from '../../support/a-batch.js';

const waiting = (n: number) => Array.from({ length: n }, (_, i) => aMailbox(`waiting${i + 1}`));
const stopped = (n: number) =>
  Array.from({ length: n }, (_, i) => aMailbox(`stopped${i + 1}`, { state: { kind: 'stopped' } as const }));
const done = (n: number) =>
  Array.from({ length: n }, (_, i) => aMailbox(`done${i + 1}`, { state: { kind: 'synced', at: NOW - i * MINUTE } }));

const drawn = (others: readonly MailboxEntity[], height: number) =>
  restLines(others, { width: 80, height, now: NOW, glyphs: DRAWN }).map((line) => plainText(line).trimEnd());

describe('the room below the panes', () => {
  it('does not call done what was stopped', () => {
    const lines = drawn([...done(1), ...stopped(2)], 10);
    expect(lines[0]).toMatch(/^── stopped 2 ─/);
    expect(lines[1]).toMatch(/stopped1 +✗ stopped/);
    expect(lines[3]).toMatch(/^── done 1 ─/);
  });

  it('says that a mailbox which is done had nothing in it, and of one that waits it says nothing of the kind', () => {
    const [empty, queued] = [done(1)[0]!, waiting(1)[0]!].map((one) => ({ ...one, counts: counts(0, 0) }));
    expect(drawn([empty!], 5)[1]).toMatch(/done1 +✓ synced 02:14 +no messages$/);
    expect(drawn([queued!], 5).join()).not.toContain('no messages');
  });

  it('says how many more there are, and leaves no line free for it', () => {
    const lines = drawn([...waiting(21), ...done(1)], 10);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/^── waiting 21 ─/);
    expect(lines[7]).toBe(' and 15 more: t lists them');
    expect(lines[8]).toMatch(/^── done 1 ─/);
    expect(drawn([...waiting(4), ...done(4)], 10).join('\n')).not.toContain('more');
  });

  it('shares its lines so that none is free while a section wants one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }), fc.nat(60), (wanted, lines) => {
        const given = shareLines(wanted, lines);
        const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
        expect(sum(given)).toBe(Math.min(lines, sum(wanted)));
        for (const [index, one] of given.entries()) expect(one).toBeLessThanOrEqual(wanted[index] ?? 0);
      }),
    );
  });
});

describe('a short pane', () => {
  const pane = (saidAgo: number) =>
    mailboxPane(
      aCopying('ann', 0.5, {
        folder: 'Lists/Announcements of 2019',
        lines: {
          source: { connections: 1, command: null, inFlight: 1_000 },
          destination: { connections: 1, command: null, inFlight: 160 },
        },
        lastResponse: { side: 'source', text: 'A7 BAD Request is throttled', at: NOW - saidAgo },
      }),
      { width: 39, height: 5, focus: 'resting', now: NOW, glyphs: DRAWN, drain: 'pausing' },
    ).map(plainText);

  it('keeps the folder apart from what was said, and what was said long ago is not said again', () => {
    expect(pane(20_000)[1]).toMatch(/^│ Lists\/Announcem… {2}BAD Request is t… │$/);
    expect(pane(2 * MINUTE)[1]).toContain('Lists/Announcements of 2019 ');
  });

  it('writes large numbers as all others', () => {
    expect(pane(0)[3]).toContain('1,160 in flight');
  });
});

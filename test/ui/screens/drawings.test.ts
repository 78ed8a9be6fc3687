import { describe, expect, it } from 'vitest';
import { eachOf, needsOf } from '../../../src/protocol/needs.js';
import { nightHeader } from '../../../src/ui/screens/night/header-lines.js';
import { mailboxPane } from '../../../src/ui/screens/night/mailbox-pane.js';
import {
  axisLabels,
  axisLine,
  CELLS_MS,
  cellOf,
  timelineSpans,
  timeScale,
} from '../../../src/ui/screens/schedule/timeline.js';
import { needLine } from '../../../src/ui/screens/shared/need-line.js';
import { scheduleRow } from '../../../src/ui/select/schedule.js';
import { ASCII, DRAWN } from '../../../src/ui/text/glyphs.js';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { plainText } from '../../../src/ui/text/spans.js';
import { showPast } from '../../../src/words/times.js';
import { aBatch, aCopying, aMailbox, aNight, MINUTE, NOW } from '../support/a-batch.js';

describe('lines of the night', () => {
  const look = { width: 39, focus: 'resting' as const, now: NOW, glyphs: DRAWN };
  const drawn = (name: string, height: number) => {
    const mailbox = aNight().find(({ email }) => email.startsWith(name)) ?? aMailbox('none');
    return mailboxPane(mailbox, { ...look, height }).map(plainText);
  };

  it('draw a mailbox at work as it stands in the drawing', () => {
    expect(drawn('ann', 5)).toEqual([
      '╭ ann ─────────────────────── copying ╮',
      '│ Archive/2019                        │',
      '│ ███████████████▋░░░░░░░░░░░░░   54% │',
      '│ 112/s  2.8 MB/s         until 04:12 │',
      '╰─────────────────────────────────────╯',
    ]);
  });

  it('say of one that rests when it comes back and why', () => {
    const lines = drawn('carol', 5);
    expect(lines[0]).toContain('back in 3:41');
    expect(lines[3]).toContain('source [UNAVAILABLE] Mailbox');
  });

  it('say where a folder goes when that has another name, what failed, and the last response', () => {
    const lines = drawn('dave', 6);
    expect(lines[1]).toContain('Sent → Gesendet');
    expect(lines[1]).toContain('3 failed');
    expect(lines[4]).toContain('destination 02:11 NO [LIMIT] Mess');
  });

  it('are all as wide as they should be, CJK names too, in both charsets', () => {
    for (const glyphs of [DRAWN, ASCII]) {
      for (const mailbox of aNight().slice(0, 12)) {
        for (const height of [5, 6]) {
          const lines = mailboxPane(mailbox, { ...look, height, glyphs }).map(plainText);
          expect(lines.map(widthOf)).toEqual(Array.from({ length: height }, () => 39));
          if (glyphs === ASCII && /^[ -~]*$/.test(mailbox.email + mailbox.folder)) {
            expect(lines.join('')).toMatch(/^[ -~]*$/);
          }
        }
      }
      for (const width of [80, 120, 200]) {
        for (const need of [...needsOf(aNight()), ...needsOf(aNight()).flatMap(eachOf)]) {
          const line = plainText(
            needLine(need, { width, focus: 'focused', now: NOW, since: 0, glyphs, typed: 'night' }),
          );
          expect(widthOf(line)).toBe(width);
        }
      }
    }
  });

  it('say of what needs a hand who, why, how much, since when, and the key that answers it', () => {
    const lines = (width: number, since: number | null = null) =>
      needsOf(aNight()).map((need) =>
        plainText(needLine(need, { width, focus: 'resting', now: NOW, since, glyphs: DRAWN, typed: 'night' })),
      );
    expect(lines(80)).toEqual([
      ' ▲ tom@new.example      AUTHENTICATIONFAILED    all     23:41 enter password    ',
      ' ▲ maria@new.example    OVERQUOTA             5,000     01:12 enter errors      ',
    ]);
    expect(lines(120)[1]).toMatch(/5,000 {2}raise quota, retry +01:12 enter errors/);
    expect(lines(160)[1]).toMatch(/5,000 {2}NO \[OVERQUOTA\] Quota exceeded.* 01:12 enter errors/);
    // A need that began since somebody looked is marked.
    expect(lines(80, NOW - 100 * MINUTE).map((line) => line.slice(0, 4))).toEqual([' ▲ t', ' ▲*m']);
  });

  it('give the states all the room they need, then the rate, then the rate in bytes, then the minutes behind', () => {
    const view = {
      link: { kind: 'live' as const },
      now: NOW,
      batch: aBatch(aNight()),
      mailboxes: [],
      log: [],
      failures: 0,
    };
    const states = (width: number) => plainText(nightHeader(view, width, DRAWN)[1] ?? []);
    expect(states(80)).toContain('held 2  copying 4  verifying 1  backing off 1  queued 41  synced 136');
    expect(states(80)).toContain('412/s');
    expect(states(80)).not.toContain('MB/s');
    expect(states(100)).toContain('MB/s');
    expect(states(120)).toMatch(/[▁-█]{5}/);
    for (const width of [80, 100, 120, 200]) {
      expect(nightHeader(view, width, DRAWN).map((line) => widthOf(plainText(line)))).toEqual([width, width, width]);
    }
  });

  it('warn of an endpoint that is out of reach by a sign', () => {
    const batch = aBatch(aNight());
    const source = { ...batch.endpoints.source[0]!, unreachableUntil: NOW + 5 * MINUTE };
    const view = {
      link: { kind: 'live' as const },
      now: NOW,
      batch: { ...batch, endpoints: { ...batch.endpoints, source: [source] } },
      mailboxes: [],
      log: [],
      failures: 0,
    };
    expect(plainText(nightHeader(view, 120, DRAWN)[2] ?? [])).toContain('▲ out of reach, again 02:19');
    const circuit = { until: NOW + 15 * MINUTE, because: '* BYE Down' };
    const left = { ...view, batch: { ...batch, endpoints: { ...batch.endpoints, source: [{ ...source, circuit }] } } };
    const line = plainText(nightHeader(left, 80, DRAWN)[2] ?? []);
    expect(line).toContain('▲ left alone until 02:29');
    expect(line).not.toContain('out of reach');
  });
});

describe('the timeline', () => {
  it('stands still for a whole cell, and has now at the same place', () => {
    for (const cell of CELLS_MS) {
      const scale = timeScale(NOW, cell, 60);
      expect(cellOf(scale, NOW)).toBe(18);
      expect(scale.from % cell).toBe(0);
      const next = timeScale(NOW + cell, cell, 60);
      expect(next.from - scale.from).toBe(cell);
    }
  });

  it('labels its ticks without running into each other, at any zoom and width', () => {
    for (const cell of CELLS_MS) {
      for (const width of [28, 36, 60, 120]) {
        const scale = timeScale(NOW, cell, width);
        const labels = plainText(axisLabels(scale));
        const line = plainText(axisLine(scale, NOW, DRAWN));
        expect(widthOf(labels)).toBe(width);
        expect(widthOf(line)).toBe(width);
        expect(line[cellOf(scale, NOW)]).toBe(DRAWN.down);
        const times = labels.trim().split(/\s+/);
        expect(times.length).toBeGreaterThan(1);
        for (const time of times) expect(time).toMatch(/^\d\d:\d\d$/);
      }
    }
  });

  it('draws work, rest and what comes, each by its sign', () => {
    const scale = timeScale(NOW, 30_000, 40);
    const row = (name: string) => {
      const mailbox = aNight().find(({ email }) => email === name) ?? aMailbox(name);
      return plainText(timelineSpans(scheduleRow(mailbox, NOW), scale, DRAWN));
    };
    expect(row('ann')).toMatch(/^█{12,13}─+$/);
    expect(row('carol')).toMatch(/^█{9,10}░{10,11}$/);
    expect(row('fred')).toMatch(/^ {13}┊$/);
    expect(row('queued1@example.org')).toBe('');
    const soonDone = aCopying('zoe', 0.99, { eta: NOW + 2 * MINUTE });
    expect(plainText(timelineSpans(scheduleRow(soonDone, NOW), scale, DRAWN))).toMatch(/█─+▸$/);
    const farStart = aMailbox('late', {
      state: { kind: 'queued', startsAt: NOW + 500 * MINUTE, why: { key: 'turn' } },
    });
    expect(plainText(timelineSpans(scheduleRow(farStart, NOW), scale, DRAWN))).toBe(`${' '.repeat(39)}→`);
  });
});

describe('moments that are past', () => {
  it('are times within a day and days before', () => {
    expect(showPast(NOW - 3 * MINUTE, NOW)).toBe('02:11');
    expect(showPast(NOW - 23 * 60 * MINUTE, NOW)).toBe('03:14');
    expect(showPast(NOW - 25 * 60 * MINUTE, NOW)).toBe('15 Jan');
  });
});

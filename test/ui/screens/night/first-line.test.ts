import { describe, expect, it } from 'vitest';
import { firstLine } from '../../../../src/ui/screens/shared/first-line.js';
import { crumbSpans } from '../../../../src/ui/shell/crumb-spans.js';
import { ASCII, DRAWN } from '../../../../src/ui/text/glyphs.js';
import { widthOf } from '../../../../src/ui/text/graphemes.js';
import { plainText, span } from '../../../../src/ui/text/spans.js';

describe('the first line of a screen', () => {
  const right = [span('dim', 'localhost:21993 → localhost:22993'), '   for 1:02'];
  const session = ['   ', span('alert', '○ waits for you'), '   02:14:07 UTC'];
  const drawn = (width: number) => plainText(firstLine(right, session, width));

  it('leaves out whole parts, the last first, and cuts into the first alone', () => {
    expect(drawn(80)).toBe('localhost:21993 → localhost:22993   for 1:02   ○ waits for you   02:14:07 UTC');
    expect(drawn(70)).toBe('localhost:21993 → localhost:22993   ○ waits for you   02:14:07 UTC');
    expect(drawn(60)).toMatch(/^localhost:21993 → localh?o?… +○ waits for you {3}02:14:07 UTC$/);
    expect(drawn(45)).toBe('   ○ waits for you   02:14:07 UTC');
  });
});

describe('where one is', () => {
  const crumbs = ['school-2026', 'errors of maria@new.example', 'OVERQUOTA', 'maria@new.example'];
  const drawn = (room: number, glyphs = DRAWN) => plainText(crumbSpans(crumbs, room, glyphs));

  it('is seen however short the line is: what leads there goes first', () => {
    expect(drawn(80)).toBe(' school-2026 › errors of maria@new.example › OVERQUOTA › maria@new.example');
    expect(drawn(60)).toBe(' school-2026 › … › OVERQUOTA › maria@new.example');
    expect(drawn(40)).toBe(' school-2026 › … › maria@new.example');
    expect(drawn(26)).toBe(' … › maria@new.example');
    expect(drawn(15)).toBe(' … › maria@new…');
    expect(drawn(60, ASCII)).toBe(' school-2026 > ~ > OVERQUOTA > maria@new.example');
    for (let room = 8; room < 90; room++) expect(widthOf(drawn(room))).toBeLessThanOrEqual(room);
    expect(plainText(crumbSpans(['a-batch-with-a-long-name'], 12, DRAWN))).toBe(' a-batch-wi…');
  });
});

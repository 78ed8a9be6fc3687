import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitise } from '../../../src/engine/responses/sanitise.js';

const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

describe("a server's text on the terminal", () => {
  it.each([
    ['Quota exceeded', 'Quota exceeded'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u009b31mred', 'red'],
    ['\u001b]0;owned\u0007safe', 'safe'],
    ['\u001b]52;c;aGk=\u001b\\safe', 'safe'],
    ['\u009d0;owned\u009csafe', 'safe'],
    ['\u001bPq\u001b\\safe', 'safe'],
    ['\u001b]0;never ends', '0;never ends'],
    ['a\u0000b\u0007c\u007fd', 'abcd'],
    ['exe\u202efdp.txt', 'exefdp.txt'],
    ['zero\u200bwidth\ufeff', 'zerowidth'],
    ['  many \t\r\n spaces ', 'many spaces'],
    ['Quota überschritten, 邮箱已满', 'Quota überschritten, 邮箱已满'],
  ])('%j becomes %j', (raw, shown) => {
    expect(sanitise(raw)).toBe(shown);
  });

  it('is capped, without half a character at the end', () => {
    expect(sanitise('x'.repeat(5000), 10)).toBe('xxxxxxxxx…');
    expect(sanitise('😀'.repeat(20), 6)).toBe('😀😀…');
  });

  it('holds nothing a terminal would obey, and is the same when done twice', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(
          fc.constantFrom('\u001b', '[', ']', '0;', 'm', '\u009b', '\u009d', '\u0007', '\u001b\\', 'a', ' ', '\u202e'),
          { maxLength: 60 },
        )
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 120 }), (raw, limit) => {
        const shown = sanitise(raw, limit);
        expect(shown).not.toMatch(FORBIDDEN);
        expect(shown.length).toBeLessThanOrEqual(limit);
        expect(shown).not.toMatch(/\p{Cs}/u);
        expect(sanitise(shown, limit)).toBe(shown);
      }),
      { numRuns: 1000 },
    );
  });
});

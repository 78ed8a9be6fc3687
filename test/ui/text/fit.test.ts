import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Cut, fitText, shorten } from '../../../src/ui/text/fit.js';
import { graphemes, harmless, knownWidth, widthOf } from '../../../src/ui/text/graphemes.js';
import { fitSpans, inColour, marked, plainText, span, spansWidth, spread } from '../../../src/ui/text/spans.js';
import { THEMES } from '../../../src/ui/text/theme.js';
import { wrap } from '../../../src/ui/text/wrap.js';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        '日本',
        '👍',
        '👨‍👩‍👧',
        'é',
        'e\u0301',
        '\u0301',
        '🇩🇪',
        '한',
        'a',
        ' ',
        '\u202e',
        '\u001b[31m',
        '\u200d',
      ),
      { maxLength: 12 },
    )
    .map((all) => all.join('')),
);
const width = fc.integer({ min: 0, max: 40 });
const cut = fc.constantFrom<Cut>('end', 'start', 'middle');
const align = fc.constantFrom('left' as const, 'right' as const, 'centre' as const);

/** Where `part` ends when it is made of whole characters from `from` on; null when it is not. */
function startsAt(all: readonly string[], part: string, from: number): number | null {
  for (let start = from; start <= all.length; start++) {
    let joined = '';
    for (let end = start; end <= all.length; end++) {
      if (joined === part) return end;
      joined += all[end] ?? '';
    }
  }
  return null;
}

describe('fitText', () => {
  it('takes exactly the cells it was given, whatever the text', () => {
    fc.assert(
      fc.property(anyText, width, cut, align, (text, cells, how, side) => {
        const shown = fitText(text, cells, { cut: how, align: side });
        expect(widthOf(shown)).toBe(cells);
        expect(stringWidth(shown)).toBe(cells);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never cuts a character: what is shown are whole ones of the text, in their order', () => {
    fc.assert(
      fc.property(anyText, width, cut, (text, cells, how) => {
        // Private use: no text of the generator has it, and it joins nothing.
        const shown = shorten(text, cells, { cut: how, ellipsis: '\ue000' });
        let at = 0;
        const all = graphemes(text).map((one) => one.text);
        for (const part of shown.split('\ue000')) {
          const pieces = startsAt(all, part, at);
          expect(pieces, `${JSON.stringify(shown)} of ${JSON.stringify(text)}`).not.toBeNull();
          at = pieces ?? 0;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['maria@new.example', 10, 'maria@new…'],
    ['日本支社', 8, '日本支社'],
    ['日本支社', 7, '日本支…'],
    ['日本支社', 6, '日本… '],
    ['Archive', 10, 'Archive   '],
    ['x', 0, ''],
    ['xy', 1, '…'],
  ])('shows %j in %i cells as %j', (text, cells, shown) => {
    expect(fitText(text, cells)).toBe(shown);
  });

  it('keeps the end of a path, or both of its ends, when asked to', () => {
    expect(fitText('Archive/2019/Projects', 12, { cut: 'start' })).toBe('…19/Projects');
    expect(fitText('Archive/2019/Projects', 12, { cut: 'middle' })).toBe('Archiv…jects');
    expect(fitText('12', 5, { align: 'right' })).toBe('   12');
    expect(fitText('12', 5, { align: 'centre' })).toBe(' 12  ');
  });

  it('lets nothing through that moves, colours or reorders', () => {
    expect(harmless('a\u001b[31mb\r\n\u0007\u202ec\u200b')).toBe('a?[31mb??c');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(harmless(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe('the set of known widths', () => {
  it('says what string-width says, for every code unit in it', () => {
    for (let code = 0; code < 0x10000; code++) {
      const known = knownWidth(code);
      if (known !== 0) expect(stringWidth(String.fromCharCode(code)), code.toString(16)).toBe(known);
    }
  });

  it('holds no mark that joins the letter before it', () => {
    for (let code = 0; code < 0x10000; code++) {
      if (knownWidth(code) !== 0) expect(graphemes(`a${String.fromCharCode(code)}`)).toHaveLength(2);
    }
  });
});

describe('a line of the signs that screens are drawn with', () => {
  it('is cut as the segmenter cuts it, one code unit a cell, whatever stands beside what', () => {
    const signs = Array.from({ length: 0x2800 }, (_, code) => String.fromCharCode(code)).filter(
      (char) => /[ -~]/.test(char) || knownWidth(char.charCodeAt(0)) === 1,
    );
    const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 40 }), (chars) => {
        const text = chars.join('');
        const cut = Array.from(segmenter.segment(text), ({ segment }) => ({
          text: segment,
          width: stringWidth(segment),
        }));
        expect(graphemes(text)).toEqual(cut);
        expect(widthOf(text)).toBe(stringWidth(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('characters', () => {
  const parts = fc.constantFrom('\u202e', '\u200b', '😀', '🇩', '🇪', '\u200d', '👩', 'e\u0301', '\ufe0f', '日', '\r');

  it('are as wide together as each for itself, whatever stood between them', () => {
    expect(graphemes('😀\u200d\u202e👩')).toEqual([{ text: '😀\u200d👩', width: 2 }]);
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (given) => {
        const all = graphemes(given.join(''));
        expect(widthOf(all.map(({ text }) => text).join(''))).toBe(
          all.reduce((sum, { width: cells }) => sum + cells, 0),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a line of spans', () => {
  const spans = fc.array(
    fc.oneof(
      anyText,
      anyText.map((text) => span('accent', text)),
    ),
    { maxLength: 6 },
  );

  it('takes exactly its cells', () => {
    fc.assert(
      fc.property(spans, width, (line, cells) => {
        expect(spansWidth(fitSpans(line, cells))).toBe(cells);
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes exactly its cells with two ends', () => {
    fc.assert(
      fc.property(spans, spans, width, (left, right, cells) => {
        expect(spansWidth(spread(left, right, cells))).toBe(cells);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps its two ends apart', () => {
    expect(plainText(spread(['reading what is there'], ['9.9 kB/s'], 24))).toMatch(/^reading what i… 9\.9 kB\/s$/);
  });

  it('cuts where it must and says that it did', () => {
    expect(plainText(fitSpans(['ab', span('alert', 'cdef')], 5))).toBe('abcd…');
    expect(plainText(fitSpans(['ab', span('alert', 'cd')], 4))).toBe('abcd');
    expect(plainText(fitSpans(['ab', span('alert', 'cd')], 2))).toBe('a…');
  });

  it('uses only the colours of its theme, even where a text brings its own', () => {
    const line = [span('accent', 'x\u001b[31my'), marked(['z'], 'selected')[0] ?? ''];
    expect(inColour(line, THEMES.dark)).toBe('\u001b[36mx?[31my\u001b[39m\u001b[7mz\u001b[27m');
    expect(inColour(line, THEMES.mono)).toBe('x?[31my\u001b[7mz\u001b[27m');
    expect(inColour(line, THEMES.bare)).toBe('x?[31myz');
  });
});

describe('wrapping', () => {
  it('keeps every line within its cells and every word in its order', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 8, max: 30 }), (text, cells) => {
        const lines = wrap(text, cells);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(cells);
        expect(lines.join('').replace(/ /g, '')).toBe(text.split(/\s+/).map(harmless).join(''));
      }),
      { numRuns: 500 },
    );
  });

  it('breaks between words, and says when there is more', () => {
    expect(wrap('the destination says that the mailbox is full', 20)).toEqual([
      'the destination says',
      'that the mailbox is',
      'full',
    ]);
    expect(wrap('the destination says that the mailbox is full', 20, 2)).toEqual([
      'the destination says',
      'that the mailbox is…',
    ]);
  });
});

import { expect, it } from 'vitest';
import { linkedLines } from '../../../src/ui/text/links.js';
import { inColour, plainText } from '../../../src/ui/text/spans.js';
import { THEMES } from '../../../src/ui/text/theme.js';
import { wrap } from '../../../src/ui/text/wrap.js';

const PAGE = 'https://support.example/mail/answer/7126229?hl=en';

const linksOf = (text: string, width: number, most?: number) =>
  linkedLines(text, 'text', width, most).map((line) =>
    line.flatMap((one) => (typeof one === 'string' || one.link === undefined ? [] : [[one.text, one.link]])),
  );

it('leads from a page in a text, without the sign behind it', () => {
  expect(linksOf(`NO Web login required: ${PAGE}.`, 90)).toEqual([[[PAGE, PAGE]]]);
  expect(linksOf('NO no page of http or https', 90)).toEqual([[]]);
});

it('leads from each piece of it to the whole, where it is broken over lines', () => {
  const text = `NO see ${PAGE} (Failure)`;
  const lines = linksOf(text, 20).flat();
  expect(lines.map(([piece]) => piece).join('')).toBe(PAGE);
  expect(new Set(lines.map(([, page]) => page))).toEqual(new Set([PAGE]));
  expect(linkedLines(text, 'text', 20).map(plainText)).toEqual(wrap(text, 20));
});

it('leads nowhere from what was cut', () => {
  expect(linksOf(`NO see ${PAGE}`, 20, 2).flat()).toEqual([]);
});

it('writes no control character, whatever the page is', () => {
  const line = inColour([{ tone: 'text', text: 'x', link: 'https://a\u0007\u001b]52;c;x' }], THEMES.mono);
  expect(line).not.toMatch(/[\u0007]|\u001b\]/);
});

import { expect, it } from 'vitest';
import { folderFilter } from '../../../../src/engine/copy/map/folder-filter.js';
import { BadInput } from '../../../../src/words/bad-input.js';

it.each([
  ['Archive', 'Archive', true],
  ['Archive', 'Archive/2024', false],
  ['Archive/*', 'Archive/2024', true],
  ['Archive/*', 'Archive/2024/Q1', false],
  ['Archive/**', 'Archive/2024/Q1', true],
  ['Archive/**', 'Archive', true],
  ['[Gmail]/**', '[Gmail]/All Mail', true],
  ['[Gmail]/All Mail', '[Gmail]/All Mail', true],
  ['Copy (2)/*', 'Copy (2)/x', true],
  ['**/Old', 'a/b/Old', true],
  ['{Spam,Junk}', 'Junk', true],
  ['!important', '!important', true],
  ['*', '.hidden', true],
  ['inbox/*', 'INBOX/x', true],
  ['日本*', '日本語', true],
  ['archive', 'Archive', false],
])('--exclude %s meets %s: %s', (pattern, name, met) => {
  expect(folderFilter('--exclude', [pattern])([name])).toBe(met);
});

it('refuses an empty pattern in one line that names the option', () => {
  expect(() => folderFilter('--include', ['Archive', ' '])).toThrow(BadInput);
  expect(() => folderFilter('--include', [''])).toThrow(/^--include: /);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { doubtAbout } from '../../../src/engine/check/name-doubts.js';

it.each([
  ['a'.repeat(256), 'longer than 255 bytes'],
  [`Archive/${'ü'.repeat(128)}`, 'longer than 255 bytes'],
  [Array.from({ length: 12 }, () => 'b'.repeat(100)).join('/'), null],
  ['a\u0001b', 'control character'],
  ['a\nb', 'control character'],
  ['~ann', 'reserved'],
  ['x/../y', 'reserved'],
  ['...', null],
  ['.hidden', null],
])('is against %j on any server, or not', (name, doubt) => {
  expect(doubtAbout(name, '/', 'generic')).toBe(doubt);
  expect(doubtAbout(name, '/', 'dovecot')).toBe(doubt);
});

it.each([
  ['50% off', 'wildcard'],
  ['a*b', 'wildcard'],
  ['Post ', 'blank at an end'],
  ['Archive/ 2020', 'blank at an end'],
  ['#shared', 'reserved'],
])('is against %j, but for a server that takes it', (name, doubt) => {
  expect(doubtAbout(name, '/', 'generic')).toBe(doubt);
  expect(doubtAbout(name, '/', 'dovecot')).toBeNull();
});

it('is against no name of letters, digits and inner blanks', () => {
  const letters = fc.stringMatching(/^[\p{L}\p{N}]{1,20}( [\p{L}\p{N}]{1,20})?$/u);
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 5 }), (parts) => {
      expect(doubtAbout(parts.join('/'), '/', 'generic')).toBeNull();
    }),
  );
});

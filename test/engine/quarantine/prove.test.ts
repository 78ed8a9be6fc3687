import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/engine/copy/message/fingerprint.js';
import { proofOf } from '../../../src/engine/quarantine/prove.js';

const PAIR = { source: 3, second: 12, kept: 7 };
const print = (text: string) => fingerprint({ slices: [Buffer.from(text)], length: text.length });
const one = print('A: b\r\n\r\nbody\r\n');
const copy = (of: typeof one, isDeleted = false) => ({ print: of, isDeleted });

describe('a second copy is moved away', () => {
  it.each([
    ['where it equals a copy that stays', { second: copy(one), kept: copy(one) }, 'equal'],
    ['where it does but for what servers rewrite', { second: copy(print('A: b\n\nbody\n')), kept: copy(one) }, 'equal'],
    ['not where it has another content', { second: copy(print('A: b\r\n\r\nother\r\n')), kept: copy(one) }, 'differs'],
    ['not where it is the only copy by now', { second: copy(one), kept: null }, 'only copy'],
    ['not where the first one is marked as deleted', { second: copy(one), kept: copy(one, true) }, 'only copy'],
    ['not where somebody removed it', { second: null, kept: copy(one) }, 'gone'],
    ['not where it is marked as deleted', { second: copy(one, true), kept: copy(one) }, 'gone'],
    ['not where nothing of it is there', { second: null, kept: null }, 'gone'],
  ] as const)('%s', (_, copies, kind) => {
    expect(proofOf(PAIR, copies)).toMatchObject({ kind, pair: PAIR });
  });
});

import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/engine/copy/prepare/fingerprint.js';
import { proofOf } from '../../../src/engine/quarantine/prove.js';

const PAIR = { source: 3, second: 12, kept: 7 };
const print = (text: string) => fingerprint({ slices: [Buffer.from(text)], length: text.length });
const one = print('A: b\r\n\r\nbody\r\n');
const kept = (of: typeof one, isDeleted = false) => ({ print: of, isDeleted });

describe('a second copy is moved away', () => {
  it.each([
    ['where it equals a copy that stays', { second: one, kept: kept(one) }, 'equal'],
    ['where it does but for what servers rewrite', { second: print('A: b\n\nbody\n'), kept: kept(one) }, 'equal'],
    ['not where it has another content', { second: print('A: b\r\n\r\nother\r\n'), kept: kept(one) }, 'differs'],
    ['not where it is the only copy by now', { second: one, kept: null }, 'only copy'],
    ['not where the first one is marked as deleted', { second: one, kept: kept(one, true) }, 'only copy'],
    ['not where somebody removed it', { second: null, kept: kept(one) }, 'gone'],
    ['not where nothing of it is there', { second: null, kept: null }, 'gone'],
  ] as const)('%s', (_, copies, kind) => {
    expect(proofOf(PAIR, copies)).toMatchObject({ kind, pair: PAIR });
  });
});

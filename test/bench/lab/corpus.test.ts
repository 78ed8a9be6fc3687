import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FOLDERS, type Kind, messages, PROFILE_NAMES } from '../../support/corpus.js';

const digest = (seed: number) => {
  const hash = createHash('sha256');
  for (const { raw, folder, flags, internalDate } of messages('small', { limit: 400, seed })) {
    hash.update(raw).update(`${folder}|${flags.join(' ')}|${internalDate}`);
  }
  return hash.digest('hex');
};

describe('the corpus', () => {
  it('is the same each time, and another with another seed', () => {
    expect(digest(1)).toBe(digest(1));
    expect(digest(2)).not.toBe(digest(1));
  });

  it('holds every odd kind of mail among its first 1,100 messages', () => {
    const kinds = new Map<Kind, number>();
    for (const { kind } of messages('small', { limit: 1100 })) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect([...kinds.keys()].sort()).toEqual([
      'bare-lf',
      'eight-bit-body',
      'eight-bit-header',
      'exact-duplicate',
      'header-only',
      'long-header',
      'long-line',
      'mbox-from-line',
      'no-final-newline',
      'no-message-id',
      'nul',
      'plain',
      'same-message-id',
      'sparse-header',
    ]);
  });

  it('is what it says it is', () => {
    const all = [...messages('small', { limit: 1100 })];
    const of = (kind: Kind) => all.filter((message) => message.kind === kind).map(({ raw }) => raw.toString('latin1'));
    expect(of('nul').every((raw) => raw.includes('\0'))).toBe(true);
    expect(of('bare-lf').every((raw) => /[^\r]\n/.test(raw))).toBe(true);
    expect(of('plain').every((raw) => !/[^\r]\n|\0/.test(raw))).toBe(true);
    expect(of('no-message-id').every((raw) => !/^message-id:/im.test(raw))).toBe(true);
    expect(of('header-only').every((raw) => !raw.includes('\r\n\r\n'))).toBe(true);
    expect(of('long-line').every((raw) => raw.split('\r\n').some((line) => line.length >= 2000))).toBe(true);
    expect(of('eight-bit-header').every((raw) => /[\x80-\xff]/.test(raw.split('\r\n\r\n')[0] ?? ''))).toBe(true);
    for (const twin of all.filter(({ kind }) => kind === 'exact-duplicate')) {
      const older = all.filter(
        ({ index, folder, raw }) => index < twin.index && folder === twin.folder && raw.equals(twin.raw),
      );
      expect(older.length).toBeGreaterThan(0);
    }
    expect(all.some(({ flags }) => flags.includes('\\Deleted'))).toBe(true);
    expect(new Set(all.map(({ folder }) => folder)).size).toBe(FOLDERS.length);
  });

  it('is plain when asked to be', () => {
    expect([...messages('small', { limit: 600, plain: true })].every(({ kind }) => kind === 'plain')).toBe(true);
  });

  it.each(PROFILE_NAMES)('%s has the sizes it promises', (profile) => {
    const sizes = Array.from(messages(profile, { limit: 60 }), ({ raw }) => raw.length);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    const [least, most] = { small: [3e3, 12e3], mixed: [2e4, 4e5], large: [7e6, 1e7] }[profile] as [number, number];
    expect(mean).toBeGreaterThan(least);
    expect(mean).toBeLessThan(most);
  });
});

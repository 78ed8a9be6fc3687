import { describe, expect, it } from 'vitest';
import { filterLog, logText, nextLeast, nextSide, WHOLE_LOG } from '../../../src/ui/select/log-filter.js';
import { aLine, NOW } from '../support/a-batch.js';

const LINES = [
  aLine('found 14 folders', { level: 'debug', side: null }),
  aLine('EXAMINE INBOX', { side: 'source', folder: 'INBOX' }),
  aLine('the server slows down', { level: 'warn', side: 'destination', mailbox: 'bob' }),
  aLine('APPEND: NO [OVERQUOTA] full', { level: 'error', side: 'destination', mailbox: 'maria' }),
];
const texts = (filter: Partial<typeof WHOLE_LOG>) =>
  filterLog(LINES, { ...WHOLE_LOG, ...filter }).map(({ text }) => text);

describe('the log', () => {
  it('leaves out what is less severe than asked for', () => {
    expect(texts({ least: 'debug' })).toHaveLength(4);
    expect(texts({})).toHaveLength(3);
    expect(texts({ least: 'warn' })).toHaveLength(2);
    expect(texts({ least: 'error' })).toEqual(['APPEND: NO [OVERQUOTA] full']);
  });

  it('is filtered by side, by mailbox and by words, all at once', () => {
    expect(texts({ side: 'destination' })).toHaveLength(2);
    expect(texts({ side: 'destination', mailbox: 'bob' })).toEqual(['the server slows down']);
    expect(texts({ text: 'overquota' })).toHaveLength(1);
    expect(texts({ text: '!overquota maria' })).toEqual([]);
    // The whole line is searched, not its text alone.
    expect(texts({ text: 'bob' })).toEqual(['the server slows down']);
  });

  it('goes round its choices', () => {
    expect([nextLeast('debug'), nextLeast('info'), nextLeast('warn'), nextLeast('error')]).toEqual([
      'info',
      'warn',
      'error',
      'debug',
    ]);
    expect([nextSide(null), nextSide('source'), nextSide('destination')]).toEqual(['source', 'destination', null]);
  });

  it('writes a line whole', () => {
    const line = aLine('EXAMINE', { at: NOW, level: 'warn', folder: 'INBOX' });
    expect(logText(line)).toBe('2026-01-16T02:14:07.000Z warn ann source INBOX: EXAMINE');
    expect(logText(aLine('begins', { at: NOW, mailbox: null, side: null }))).toBe(
      '2026-01-16T02:14:07.000Z info: begins',
    );
  });
});

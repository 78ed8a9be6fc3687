import { describe, expect, it } from 'vitest';
import { isSameReason, PLAIN_WAITS, type Reason } from '../../src/words/reason.js';
import { reasonText, responseWords, withoutSide, withoutTag } from '../../src/words/reason-text.js';

const RESPONSE = {
  key: 'response',
  side: 'source',
  code: 'UNAVAILABLE',
  response: 'A7 NO [UNAVAILABLE] checked',
} as const;

describe('a reason in words', () => {
  it.each<[Reason, string]>([
    [RESPONSE, 'source: A7 NO [UNAVAILABLE] checked'],
    [
      { key: 'shared login refused', side: 'destination', mailbox: 'ann@new.example' },
      'destination: the shared login was refused for ann@new.example',
    ],
    [{ key: 'file', text: 'mailbox.json is empty' }, 'mailbox.json is empty'],
    [{ key: 'told', text: 'source: NO' }, 'source: NO'],
    [
      {
        key: 'short',
        by: [
          { kind: 'left', messages: 36, folders: 2 },
          { kind: 'not stored', messages: 1, folders: 1 },
        ],
      },
      '36 messages in 2 folders not copied; 1 message in 1 folder answered OK and not there when the folder was read back',
    ],
    [{ key: 'short', by: [{ kind: 'unread', failures: 1 }] }, '1 failure of folders or names'],
    [{ key: 'decision', decision: 4 }, 'by decision 4'],
    [{ key: 'place', concurrency: 20 }, 'waits its turn, 20 at once'],
    [{ key: 'endpoint full', side: 'source', connections: 1 }, 'source bears 1 connection'],
    [
      { key: 'circuit', side: 'source', response: '* BYE Down', probe: 'to come' },
      'source: * BYE Down; one mailbox tries first',
    ],
    [{ key: 'circuit', side: 'source', response: 'down', probe: 'at work' }, 'source: down; one mailbox tries now'],
    [{ key: 'after circuit', side: 'source' }, 'source: its turn after the endpoint came back'],
    [{ key: 'shared login tried', side: 'destination' }, 'destination: one mailbox tries the shared login first'],
  ])('%j', (reason, text) => expect(reasonText(reason)).toBe(text));

  it('is one line for every plain wait, and nothing where there is none', () => {
    const texts = PLAIN_WAITS.map((key) => reasonText({ key }));
    expect(new Set(texts).size).toBe(PLAIN_WAITS.length);
    for (const text of texts) expect(text).toMatch(/^[^\n]+$/);
    expect(reasonText(null)).toBe('');
  });

  it('leaves the side out where that stands beside it', () => {
    expect(withoutSide(RESPONSE)).toBe('A7 NO [UNAVAILABLE] checked');
  });
});

it('takes off a server’s line what says nothing to a reader', () => {
  expect(withoutTag('A7 NO [LIMIT] later')).toBe('NO [LIMIT] later');
  expect(['A7 NO [LIMIT] later', '* BYE down', 'NO [LIMIT]', 'no way'].map(responseWords)).toEqual([
    'later',
    'down',
    'NO [LIMIT]',
    'no way',
  ]);
});

it('knows reasons that say the same', () => {
  const full = (connections: number): Reason => ({ key: 'endpoint full', side: 'source', connections });
  expect(isSameReason(full(2), full(2))).toBe(true);
  expect(isSameReason(full(2), full(3))).toBe(false);
  expect(isSameReason({ key: 'turn' }, { key: 'stagger' })).toBe(false);
  expect(isSameReason({ key: 'file', text: 'x' }, { key: 'bug', text: 'x' })).toBe(false);
});

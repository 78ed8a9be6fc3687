import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/store/documents/document-kind.js';
import { emptyMailbox } from '../../../src/store/mailbox/mailbox-document.js';
import { mailboxKind } from '../../../src/store/mailbox/mailbox-kind.js';
import { PLAIN_WAITS, type Reason } from '../../../src/words/reason.js';

const SIDES = ['source', 'destination'] as const;

const EVERY: readonly Reason[] = [
  ...SIDES.flatMap((side): Reason[] => [
    { key: 'response', side, code: null, response: 'connection refused' },
    { key: 'response', side, code: 'LIMIT', response: 'NO [LIMIT] later' },
    { key: 'shared login refused', side, mailbox: 'ann@new.example' },
    { key: 'endpoint full', side, connections: 2 },
    { key: 'circuit', side, response: 'down', probe: 'to come' },
    { key: 'circuit', side, response: 'down', probe: 'at work' },
    { key: 'after circuit', side },
    { key: 'shared login tried', side },
  ]),
  ...(['file', 'bug', 'told'] as const).map((key) => ({ key, text: 'x' })),
  ...PLAIN_WAITS.map((key) => ({ key })),
  { key: 'left by 0.1.0' },
  { key: 'decision', decision: 3 },
  { key: 'place', concurrency: 20 },
  {
    key: 'short',
    by: [
      { kind: 'left', messages: 1, folders: 1 },
      { kind: 'not stored', messages: 1, folders: 1 },
      { kind: 'cut short', messages: 1, folders: 1 },
      { kind: 'not as listed', messages: 1, folders: 1 },
      { kind: 'unread', failures: 1 },
      { kind: 'doubled', copies: 1, folders: 1 },
    ],
  },
];

function stateIn(json: unknown): unknown {
  const reading = readDocument(mailboxKind, JSON.stringify(json));
  return reading.kind === 'good' ? reading.data.state : reading;
}

const withState = (state: unknown) => ({ ...emptyMailbox('ann'), state });

describe('the reason in a mailbox document', () => {
  it.each(EVERY.map((reason) => [JSON.stringify(reason), reason] as const))(
    '%s is read as it was written',
    (_, because) => {
      const state = { kind: 'backing-off', until: 1, because };
      expect(stateIn(withState(state))).toEqual(state);
    },
  );

  it('was a sentence in an earlier build, and is kept', () => {
    expect(stateIn(withState({ kind: 'held', because: 'source: NO [LIMIT]', asks: 'Wait.' }))).toEqual({
      kind: 'held',
      because: { key: 'told', text: 'source: NO [LIMIT]' },
      asks: { key: 'as-written', text: 'Wait.' },
    });
    expect(stateIn(withState({ kind: 'queued', startsAt: null, why: '' }))).toEqual({
      kind: 'queued',
      startsAt: null,
      why: { key: 'not started' },
    });
  });

  it('is refused where it is none', () => {
    const broken = withState({ kind: 'held', because: { key: 'mood' }, asks: '' });
    expect(readDocument(mailboxKind, JSON.stringify(broken))).toMatchObject({ kind: 'bad' });
  });
});

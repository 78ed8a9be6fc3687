import { describe, expect, it } from 'vitest';
import type { MailboxState } from '../../../src/protocol/entities.js';
import {
  isMoving,
  reasonCells,
  STATE_ORDER,
  stateReason,
  stateSign,
  stateSince,
  stateText,
  stateWord,
  whatItAsks,
} from '../../../src/ui/select/states.js';
import { ASCII, DRAWN } from '../../../src/ui/text/glyphs.js';
import { said } from '../../support/a-reason.js';
import { aHeld, aMailbox, aNight, MINUTE, NOW } from '../support/a-batch.js';

const KINDS: readonly MailboxState['kind'][] = [
  'queued',
  'connecting',
  'scanning',
  'copying',
  'verifying',
  'backing-off',
  'held',
  'paused',
  'stopped',
  'synced',
  'incomplete',
  'completed',
  'given-up',
];
const at = (state: MailboxState) => aMailbox('ann', { state });

describe('the state of a mailbox', () => {
  it('has a word, a sign and a place in the header, for every state', () => {
    expect([...STATE_ORDER].sort()).toEqual([...KINDS].sort());
    for (const kind of KINDS) {
      expect(stateWord(kind)).toMatch(/^[a-z ]+$/);
      expect(stateSign(kind, DRAWN)).not.toBe('');
      expect(stateSign(kind, ASCII)).toMatch(/^[!-~]$/);
    }
  });

  it('tells a mailbox that needs a hand from one that moves or is done without any colour', () => {
    const signs = (['held', 'copying', 'synced', 'backing-off', 'stopped'] as const).map((kind) =>
      stateSign(kind, ASCII),
    );
    expect(new Set(signs).size).toBe(signs.length);
  });

  it('counts down to what comes', () => {
    expect(stateText(at({ kind: 'backing-off', until: NOW + 221_000, because: { key: 'turn' } }), NOW)).toBe(
      'back in 3:41',
    );
    expect(stateText(at({ kind: 'queued', startsAt: NOW + 38_000, why: { key: 'turn' } }), NOW)).toBe('starts in 0:38');
    expect(stateText(at({ kind: 'queued', startsAt: null, why: { key: 'turn' } }), NOW)).toBe('queued');
    expect(stateText(at({ kind: 'queued', startsAt: NOW - 5, why: { key: 'turn' } }), NOW)).toBe('queued');
    expect(stateText(at({ kind: 'synced', at: NOW - 4 * MINUTE }), NOW)).toBe('synced 02:10');
    // The hour is cut off a column before the day: past midnight the hour of last night is enough.
    expect(stateText(at({ kind: 'synced', at: NOW - 4 * 60 * MINUTE }), NOW)).toBe('synced 22:14');
    expect(stateText(at({ kind: 'verifying' }), NOW)).toBe('verifying');
  });

  it('says why it waits, and what is asked of the operator', () => {
    const held = aHeld('maria', said('destination', 'NO [OVERQUOTA] full'), 'raise the quota');
    expect(stateReason(held)).toBe('destination: NO [OVERQUOTA] full');
    expect(whatItAsks(held, 'night')).toBe('raise the quota');
    expect(stateReason(at({ kind: 'queued', startsAt: null, why: { key: 'place', concurrency: 20 } }))).toBe(
      'waits its turn, 20 at once',
    );
    expect(stateReason(at({ kind: 'copying' }))).toBe('');
    expect(whatItAsks(at({ kind: 'copying' }), 'night')).toBe('');
  });

  it('knows since when only where the history ends in the same state', () => {
    expect(stateSince(aHeld('maria', said('source', 'x'), 'y', 62))).toBe(NOW - 62 * MINUTE);
    const other = aMailbox('ann', { history: [{ at: NOW, kind: 'copying', because: null }] });
    expect(stateSince(other)).toBeNull();
    expect(stateSince(aMailbox('ann'))).toBeNull();
  });

  it('calls four of the states moving', () => {
    expect(KINDS.filter(isMoving)).toEqual(['connecting', 'scanning', 'copying', 'verifying']);
    expect(aNight().filter(({ state }) => isMoving(state.kind))).toHaveLength(5);
  });
});

describe('a reason in columns', () => {
  it.each([
    [said('source', 'NO [UNAVAILABLE] Mailbox is being checked'), 'source', 'UNAVAILABLE', 'Mailbox is being checked'],
    [said('destination', 'A12 NO [OVERQUOTA] full'), 'destination', 'OVERQUOTA', 'full'],
    [said('destination', 'NO 5.7.0 not accepted'), 'destination', '', '5.7.0 not accepted'],
    [said('source', 'connection refused'), 'source', '', 'connection refused'],
    [said('source', 'NO [LIMIT]'), 'source', 'LIMIT', 'NO [LIMIT]'],
    [{ key: 'told', text: 'source: the destination is taken' }, '', '', 'source: the destination is taken'],
    [{ key: 'after circuit', side: 'source' }, 'source', '', 'its turn after the endpoint came back'],
    [null, '', '', ''],
  ] as const)('%j has its side, its code and the rest', (reason, side, code, text) => {
    expect(reasonCells(reason)).toEqual({ side, code, text });
  });
});

import { describe, expect, it } from 'vitest';
import { ConnectionLost } from '../../../src/engine/imap/connection/connection-lost.js';
import { type Loss, NOTHING_LOST } from '../../../src/engine/imap/connection/loss.js';
import { LONGEST } from '../../../src/engine/imap/connection/silence-limits.js';
import { LostSends, SentUnanswered } from '../../../src/engine/isolate/sent-unanswered.js';

function lost(how: Loss['how'], waited = 65_000): ConnectionLost {
  const sending = { name: 'APPEND', folder: 'Bad', uids: [7, 8], of: 'copy', isBegun: false, waited } as const;
  return new ConnectionLost('destination', null, null, { ...NOTHING_LOST, how, unanswered: [sending] });
}

/** An attempt that ends when these connections are lost. */
function ending(sent: SentUnanswered, now: number, ...connections: readonly ConnectionLost[]) {
  sent.attempt();
  sent.lost(new Map(connections.map((one) => [one, 'nothing answered'])));
  return sent.ended(connections[0], now);
}

describe('messages that were sent and never answered', () => {
  it('are held back until nobody stores them any more, counted from when they were sent', () => {
    const sent = new SentUnanswered();
    expect(ending(sent, 100_000, lost('silent'))).toEqual([expect.objectContaining({ folder: 'Bad', uids: [7, 8] })]);
    expect(sent.storedBy).toBe(35_000 + LONGEST);
  });

  it('need no wait of their own in the next attempt, and in no later one', () => {
    const sent = new SentUnanswered();
    ending(sent, 100_000, lost('silent'));
    sent.attempt();
    expect(sent.isFlightHeld).toBe(true);
    sent.attempt();
    expect(sent.isFlightHeld).toBe(false);
  });

  it('are waited for where another connection dropped, whichever ends the attempt', () => {
    for (const connections of [
      [lost('silent'), lost('dropped')],
      [lost('dropped'), lost('silent')],
    ]) {
      const sent = new SentUnanswered();
      expect(ending(sent, 100_000, ...connections)).toHaveLength(1);
      sent.attempt();
      expect(sent.isFlightHeld).toBe(false);
    }
  });
});

it('knows whether commands that were sent behind the oldest one of a connection were answered', () => {
  const sends = new LostSends();
  const [first, second, third] = [sends.sent(), sends.sent(), sends.sent()];
  const early = lost('silent');
  sends.answered(second);
  sends.failed(first, early);
  sends.failed(third, early);
  const late = lost('silent');
  sends.failed(third, late);
  expect([...sends.connections]).toEqual([
    [early, 'others answered'],
    [late, 'nothing answered'],
  ]);
});

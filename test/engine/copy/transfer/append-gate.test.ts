import { describe, expect, it } from 'vitest';
import { AppendGate } from '../../../../src/engine/copy/transfer/append-gate.js';
import type { Outgoing } from '../../../../src/engine/imap/commands/append.js';
import { LONGEST, USUAL } from '../../../../src/engine/imap/connection/silence-limits.js';
import type { Session } from '../../../../src/engine/imap/session/session.js';
import { NightClock } from '../../../support/night-clock.js';

const message = (bytes: number) => ({ uid: 1, body: Buffer.alloc(bytes) }) as unknown as Outgoing;
const KB = 1_000;

describe('the patience with a message that is sent', () => {
  it('is longer by the time that its bytes need: a path that holds them all is no silent server', () => {
    const gate = new AppendGate([{} as Session], new NightClock());
    gate.sent(0, [message(2_000 * KB)]);
    // 100 s at 20 KB/s, as long as nothing was measured.
    expect(gate.patience(0, USUAL)).toBeGreaterThan(USUAL + 100_000);
  });

  it('counts what was sent before it on the same connection only', () => {
    const gate = new AppendGate([{} as Session, {} as Session], new NightClock());
    for (let n = 0; n < 10; n++) gate.sent(0, [message(200 * KB)]);
    expect(gate.patience(0, USUAL)).toBeGreaterThan(USUAL + 100_000);
    expect(gate.patience(1, USUAL)).toBe(USUAL);
  });

  it('is five minutes at most', () => {
    const gate = new AppendGate([{} as Session], new NightClock());
    gate.sent(0, [message(50_000 * KB)]);
    expect(gate.patience(0, USUAL)).toBe(LONGEST);
  });
});

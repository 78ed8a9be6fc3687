import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { type OddSpec, three } from '../../support/odd-server.js';

/** Opens one account for whoever connects (RFC 9051 section 7.1.4). */
const letsIn = (spec: OddSpec = {}): OddSpec => ({
  ...spec,
  greeting: (connection) => {
    connection.loggedIn = true;
    return ['* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS NAMESPACE UIDPLUS] welcome'];
  },
});

describe('a server that lets whoever connects into one account', () => {
  it.each(['source', 'destination'] as const)('is held, and nothing is said to it (%s)', async (side) => {
    const odd = letsIn({ folders: three() });
    const users = ['ann', 'ben'];
    const move = await moveBetween(side === 'source' ? odd : {}, side === 'source' ? {} : odd, { users });

    expect(move.exit).toBe(3);
    expect(move.mailbox.state.kind).toBe('held');
    expect(move.told).toMatch(/without a login \(PREAUTH\); nothing was sent/);
    expect(move[side].clear.join('')).toBe('');
    expect(move[side === 'source' ? 'destination' : 'source'].appended).toBe(0);
  });

  it('is held before STARTTLS too', async () => {
    const move = await moveBetween(letsIn(), {}, { endpoints: { source: { security: 'starttls' } } });

    expect(move.mailbox.state.kind).toBe('held');
    expect(move.source.clear.join('')).toBe('');
  });

  it('is read where that was asked for by name', async () => {
    const move = await moveBetween(letsIn(), {}, { endpoints: { source: { preauth: true } } });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.source.users).toEqual([]);
  });
});

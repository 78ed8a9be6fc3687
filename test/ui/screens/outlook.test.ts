import { describe, expect, it } from 'vitest';
import { estimate, outlookOf } from '../../../src/ui/screens/start/outlook.js';
import type { GoodSide } from '../../../src/ui/screens/start/services.js';

const MEGA = 1024 ** 2;
const GIGA = 1024 ** 3;
const SIDE: GoodSide = {
  ok: true,
  software: 'Dovecot',
  folders: [],
  messages: 6_000,
  size: { bytes: 1.2e9, is: 'whole' },
  large: null,
  quota: null,
  appendLimit: null,
  way: 'MULTIAPPEND, LITERAL+',
  roundTrip: 100,
  notes: [],
};
const to = (more: Partial<GoodSide>): GoodSide => ({ ...SIDE, ...more });

describe('the outlook of a move', () => {
  it('says how it is written, and how long that takes on a common line', () => {
    expect(outlookOf(SIDE, SIDE)).toEqual({
      way: 'fast: MULTIAPPEND and LITERAL+',
      long: 'about 2 min at 100 Mbit/s',
      troubles: [],
    });
    expect(outlookOf(to({ messages: 10, size: { bytes: 1e6, is: 'whole' } }), SIDE).long).toBe(
      'under 1 min at 100 Mbit/s',
    );
    expect(outlookOf(to({ size: null }), SIDE).long).toBeNull();
  });

  it('takes longer the more the destination wants to be asked, and the farther it is', () => {
    const ms = (way: string, roundTrip: number) => estimate(SIDE, to({ way, roundTrip })) ?? 0;
    const [together, single] = [ms('MULTIAPPEND, LITERAL+', 100), ms('APPEND, LITERAL+', 100)];
    const [near, far] = [ms('APPEND, literals waited for', 20), ms('APPEND, literals waited for', 200)];
    expect([together, single, near, far]).toEqual([together, single, near, far].toSorted((a, b) => a - b));
    expect(far / 1000).toBeCloseTo(6_000 / 15 + 100, 0);
    // Small messages go without waiting (LITERAL-), large ones do not.
    const small = to({ size: { bytes: 6_000 * 2_000, is: 'whole' } });
    expect(estimate(small, to({ way: 'APPEND, LITERAL-', roundTrip: 200 }))).toBeLessThan(60_000);
    expect(ms('APPEND, LITERAL-', 200)).toBe(far);
    expect(outlookOf(SIDE, to({ way: 'APPEND, literals waited for' })).way).toMatch(/^slow/);
  });

  it('counts the messages that are too large, or says that they will be listed where it cannot', () => {
    const large = { over: 10 * MEGA, sizes: [11 * MEGA, 40 * MEGA] };
    const troubles = (source: Partial<GoodSide>, appendLimit: number | null) =>
      outlookOf(to(source), to({ appendLimit })).troubles;
    expect(troubles({ large }, 35 * MEGA)).toEqual(['1 message is over the size limit of 35.0 MB and will be listed.']);
    expect(troubles({ large }, 50 * MEGA)).toEqual([]);
    expect(troubles({ large }, null)).toEqual([]);
    expect(troubles({ large }, 5 * MEGA)).toEqual([
      'The destination takes messages of up to 5.0 MB; larger ones will be listed.',
    ]);
    expect(troubles({ large: null }, 35 * MEGA)).toEqual([
      'The destination takes messages of up to 35.0 MB; larger ones will be listed.',
    ]);
  });

  it('says before the night that the destination has not the room', () => {
    const quota = { used: 9 * GIGA, limit: 10 * GIGA };
    const size = { bytes: 2 * GIGA, is: 'about' } as const;
    expect(outlookOf(to({ size }), to({ quota })).troubles).toEqual([
      'The destination has room for 1.0 GB, the source holds about 2.0 GB: it will be full before the end.',
    ]);
    expect(outlookOf(to({ size }), to({ quota: { ...quota, used: 0 } })).troubles).toEqual([]);
    expect(outlookOf(to({ size: null }), to({ quota })).troubles).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAtMinute, offsetAt, readZone, zoneName } from '../../src/words/zone.js';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
const MOMENTS = { min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 0, 1) };

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    [' europe/berlin ', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['GMT', 'UTC'],
  ])('%j is %s', (text, name) => expect(readZone(text)).toBe(name));

  it.each(['', 'Mars/Olympus', '+01:00', '1', 'Europe/Berlin\u001b[2J', 'a'.repeat(100)])('%j is none', (text) => {
    expect(readZone(text)).toBeNull();
  });

  it('shows what its clocks show, as the platform draws them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer(MOMENTS), (zone, at) => {
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        const own = new Date(at + offsetAt(zone, at)).toISOString().slice(0, 19).replace('T', ' ');
        expect(own).toBe(shown.format(at));
      }),
    );
  });

  it('comes to a minute of the day within 49 hours, at that minute or in a jump over it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer(MOMENTS),
        fc.integer({ min: 0, max: 1439 }),
        (zone, now, minute) => {
          const at = nextAtMinute(zone, minute, now);
          expect(at).toBeGreaterThan(now);
          expect(at - now).toBeLessThanOrEqual(49 * 3_600_000);
          const wallOf = (moment: number) => (moment + offsetAt(zone, moment)) / 60_000;
          const jumped = wallOf(at) - wallOf(at - 1);
          if (jumped < 1) expect(wallOf(at) % 1440).toBe(minute);
        },
      ),
    );
  });

  it('has no opinion on moments that are none', () => {
    expect(offsetAt('Europe/Berlin', Number.NaN)).toBe(0);
    expect(zoneName('Europe/Berlin', Number.POSITIVE_INFINITY)).toBe('UTC');
  });
});

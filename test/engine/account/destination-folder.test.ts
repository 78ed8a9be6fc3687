import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destinationAccount } from '../../../src/engine/account/destination-folder.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';

const account = (stored: string, there: string, unrecognised = '') =>
  destinationAccount({
    stored: UidSet.parse(stored),
    there: UidSet.parse(there),
    unrecognised: UidSet.parse(unrecognised),
  });

describe('the account of a destination folder', () => {
  it('finds nothing missing where all that was stored is there, and tells foreign mail apart', () => {
    const { missing, unnamed, foreign } = account('11:13', '11:15');
    expect(missing.isEmpty).toBe(true);
    expect(unnamed).toEqual({ missing: 'none', count: 0 });
    expect(foreign.toString()).toBe('14:15');
  });

  it('names what the destination said OK to and does not hold', () => {
    expect(account('11:13', '11,13').missing.toString()).toBe('12');
  });

  it('knows that all messages without a UID are missing where nothing unknown stands there', () => {
    expect(account('11', '11', '5:6').unnamed).toEqual({ missing: 'all', count: 2 });
  });

  it('knows how many are missing where fewer unknown messages stand there than were taken', () => {
    expect(account('11', '11:12', '5:7').unnamed).toEqual({ missing: 'some', count: 2 });
  });

  it('takes an unknown message for one of ours that the server rewrote', () => {
    expect(account('11', '11:13', '5:6').unnamed).toEqual({ missing: 'none', count: 0 });
  });

  it('never calls a message missing that is there, nor more missing than were stored', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 40 })).map((list) => UidSet.from(list));
    fc.assert(
      fc.property(uids, uids, uids, (stored, there, unrecognised) => {
        const { missing, unnamed, foreign } = destinationAccount({ stored, there, unrecognised });
        expect(missing.intersect(there).isEmpty).toBe(true);
        expect(missing.minus(stored).isEmpty).toBe(true);
        expect(foreign.intersect(stored).isEmpty).toBe(true);
        expect(unnamed.count).toBe(Math.max(0, unrecognised.size - foreign.size));
      }),
    );
  });
});

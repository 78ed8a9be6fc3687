import fc from 'fast-check';
import { expect, it } from 'vitest';
import { standTwice } from '../../../src/engine/copy/findings.js';
import { ErrorLedger } from '../../../src/store/errors/error-ledger.js';
import { causeOf } from '../../../src/store/errors/response-cause.js';
import {
  type Doubles,
  doublesFound,
  doublesFrom,
  isDoublesText,
  readDoubles,
  secondCopies,
  withMore,
  withoutDoubles,
  writeDoubles,
} from '../../../src/store/ledger/doubles.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import { foundText } from '../../../src/words/findings/found-text.js';

const textOf = (doubles: Doubles) => foundText(doublesFound(doubles));
const uid = fc.integer({ min: 1, max: 4_294_967_295 });
const pairs = fc.uniqueArray(fc.tuple(uid, uid), { minLength: 1, maxLength: 40, selector: ([, there]) => there });

it('are read as they were written, whatever stands twice and how often', () => {
  fc.assert(
    fc.property(pairs, fc.constantFrom(null, '77'), (found, uidValidity) => {
      const doubles = doublesFrom(found, uidValidity);
      const text = JSON.parse(JSON.stringify(writeDoubles(doubles)));
      expect(isDoublesText(text)).toBe(true);
      const again = readDoubles(text);
      expect(again.uidValidity).toBe(uidValidity);
      expect(new Map(again.byDestination)).toEqual(new Map(doubles.byDestination));
    }),
  );
});

it.each([
  {},
  { source: '', destination: '', uidValidity: null },
  { source: '1', destination: '1:2', uidValidity: null },
  { source: 'x', destination: '1', uidValidity: null },
  { source: '1', destination: '2', uidValidity: 7 },
])('%j is not taken for doubles', (value) => {
  expect(isDoublesText(value)).toBe(false);
});

it('are one cause, however many they are', () => {
  fc.assert(
    fc.property(pairs, (found) => {
      expect(causeOf(textOf(doublesFrom(found, '1')))).toBe(causeOf(textOf(doublesFrom([[3, 9]], '1'))));
    }),
  );
});

it('of a folder that was made anew are not mixed with those of the one before', () => {
  const before = doublesFrom([[1, 11]], '77');
  const more = doublesFrom([[2, 12]], '77');
  expect(secondCopies(withMore(before, more)).toString()).toBe('11:12');
  expect(secondCopies(withMore(before, doublesFrom([[2, 12]], '78'))).toString()).toBe('12');
  expect(withoutDoubles(before, UidSet.parse('11:20'))).toBeNull();
});

it('stand in one entry that is open, grows, shrinks and goes', () => {
  const ledger = new ErrorLedger();
  const found = (...list: (readonly [number, number])[]) => {
    const doubles = doublesFrom(list, '77');
    const place = { side: 'destination', command: 'read back', folder: 'INBOX', uids: [], at: 1000 } as const;
    return ledger.record({ ...place, ...standTwice(doubles), doubles });
  };
  const entry = found([3, 11]);
  expect(found([3, 12], [5, 14])).toBe(entry);
  expect(entry.sample).toContain(': 3, the second copies are UID 11:12,14 there, of source UID 3,5');
  expect([ledger.entries.length, ledger.open]).toEqual([1, 1]);

  ledger.clearDoubles('INBOX', '78', UidSet.parse('11'));
  ledger.clearDoubles('Other', '77', UidSet.parse('11'));
  expect(entry.doubles!.byDestination.size).toBe(3);
  ledger.clearDoubles('INBOX', '77', UidSet.parse('12,14'));
  expect(entry.sample).toContain(': 1, the second copies are UID 11 there');
  ledger.clearDoubles('INBOX', '77', UidSet.parse('11'));
  expect([ledger.entries.length, ledger.open]).toEqual([0, 0]);
});

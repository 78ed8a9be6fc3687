import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeContext } from '../../../src/store/documents/context.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { Causes } from '../../../src/store/errors/causes.js';
import { MailboxRecord } from '../../../src/store/mailbox/mailbox.js';
import type { Advice } from '../../../src/words/advice/advice.js';
import type { Grounds } from '../../../src/words/grounds/grounds.js';
import { KINDS, NEXTS, SCOPES, type Verdict } from '../../../src/words/verdict.js';

/** Numbers as servers, clocks and our own sums may give them. */
const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    1,
    2 ** 32,
    2 ** 32 + 1,
    2 ** 53,
    2 ** 63,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ),
  fc.double(),
  fc.integer(),
);

/** Texts as servers give them: halves of characters, NUL, ESC, names of the language's own, and long ones. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '\ud800',
    '\udfff x',
    '\0',
    '\u001b[2J',
    '__proto__',
    'constructor',
    '../..',
    '\u2028',
    'x'.repeat(100_000),
  ),
);
const decimal = fc.oneof(text, fc.constantFrom('0', '1', '00', '-1', '4294967296', '9'.repeat(40), '1e9', ' 1'));

const advice: fc.Arbitrary<Advice> = fc.oneof(
  text.map((sentence) => ({ key: 'as-written', text: sentence }) as const),
  fc.record({
    key: fc.constant('name refused' as const),
    source: text,
    name: text,
    map: fc.record({ from: text, to: text }),
  }),
);
const grounds: fc.Arbitrary<Grounds> = fc.oneof(
  text.map((sentence) => ({ key: 'as-written', text: sentence }) as const),
  fc.record({
    key: fc.constant('response' as const),
    status: fc.option(text),
    code: fc.option(text),
    phrase: fc.option(text),
    command: fc.option(text),
    side: fc.constantFrom('source' as const, 'destination' as const),
  }),
);
const verdict: fc.Arbitrary<Verdict> = fc.record({
  kind: fc.constantFrom(...KINDS),
  code: fc.option(text),
  scope: fc.constantFrom(...SCOPES),
  next: fc.constantFrom(...NEXTS),
  waitSeconds: number,
  advice,
  rule: text,
  grounds,
});

const failure = fc.record({
  side: fc.constantFrom('source' as const, 'destination' as const),
  command: text,
  folder: fc.option(text),
  uids: fc.uniqueArray(fc.oneof(fc.constantFrom(1, 2 ** 32 - 1), fc.integer({ min: 1, max: 50 }))),
  response: text,
  verdict,
  at: number,
});

const COUNTED = [
  'total',
  'copied',
  'matched',
  'skipped',
  'failed',
  'vanished',
  'left',
  'bytesTotal',
  'bytesCopied',
] as const;
const counts = fc
  .tuple(...COUNTED.map(() => number))
  .map(
    (given) =>
      Object.fromEntries(COUNTED.map((name, at) => [name, given[at] ?? 0])) as Record<(typeof COUNTED)[number], number>,
  );

const folder = fc.record({
  source: text,
  destination: text,
  ledgerId: text,
  proven: fc.boolean(),
  counts,
  uidValidity: fc.option(decimal),
  settledAt: fc.option(
    fc.record({
      uidValidity: decimal,
      uidNext: fc.option(number),
      highestModseq: fc.option(decimal),
      messages: number,
      destinationUidValidity: fc.option(decimal),
      believed: number,
    }),
  ),
});

const reason = fc.record({ key: fc.constant('told' as const), text });
const state = fc.oneof(
  fc.record({ kind: fc.constant('held' as const), because: reason, asks: advice }),
  fc.record({ kind: fc.constant('backing-off' as const), until: number, because: reason }),
  fc.record({ kind: fc.constant('synced' as const), at: number }),
  fc.record({ kind: fc.constant('incomplete' as const), at: number, left: number, because: reason }),
  fc.record({ kind: fc.constant('queued' as const), startsAt: fc.option(number), why: reason }),
);

const trouble = fc.record({
  side: fc.constantFrom('source' as const, 'destination' as const),
  command: text,
  folder: fc.option(text),
  response: text,
  verdict,
  firstAt: number,
  lastAt: number,
  attempts: number,
  inRow: number,
  askedAt: fc.option(number),
});

const mailbox = fc.record({
  state,
  counts,
  folders: fc.array(folder, { maxLength: 4 }),
  passes: fc.array(fc.record({ startedAt: number, endedAt: fc.option(number) }), { maxLength: 3 }),
  attempts: number,
  trouble: fc.option(trouble),
  decided: number,
});

describe('a mailbox document', () => {
  it('is read again as it was written, whatever servers and clocks gave, and no failed message goes', async () => {
    await fc.assert(
      fc.asyncProperty(mailbox, fc.array(failure, { maxLength: 6 }), async (data, failures) => {
        const disk = new MemoryDisk();
        const context = { ...nodeContext, disk };
        const record = MailboxRecord.unborn('/b/m', 'm', new Causes('/b', context), context);
        Object.assign(record.data, data);
        for (const one of failures) record.errors.record(one);
        await record.write();
        await record.write();

        const again = await MailboxRecord.open('/b/m', 'm', new Causes('/b', context), context);
        expect(again.data.folders.map(({ source }) => source)).toEqual(data.folders.map(({ source }) => source));
        for (const { folder } of failures) {
          if (folder === null) continue;
          expect(again.errors.failed(folder).toString()).toBe(record.errors.failed(folder).toString());
        }
        expect(again.errors.open).toBe(record.errors.open);
        await again.write();
      }),
      { numRuns: 150 },
    );
  });

  it('that nothing can mend is not written over a good one', async () => {
    const disk = new MemoryDisk();
    const context = { ...nodeContext, disk };
    const record = MailboxRecord.unborn('/b/m', 'm', new Causes('/b', context), context);
    await record.write();
    const good = disk.files.get('/b/m/mailbox.json');
    Object.assign(record.data, { state: { kind: 'nonsense' } });
    await expect(record.write()).rejects.toThrow(
      /mailbox\.json was not written, because it could not be read again \(state.*What stood there stands/,
    );
    expect(disk.files.get('/b/m/mailbox.json')).toBe(good);
  });

  it('says what was left out of it', async () => {
    const told: string[] = [];
    const disk = new MemoryDisk();
    const context = { ...nodeContext, disk, onFallback: ({ text }: { text: string }) => told.push(text) };
    const record = MailboxRecord.unborn('/b/m', 'm', new Causes('/b', context), context);
    record.data.counts.left = -3;
    await record.write();
    expect(told).toEqual([
      expect.stringMatching(/^A value in the mailbox document .*mailbox\.json was left out.*\(counts\.left/),
    ]);
  });
});

describe('the UID ledger of a folder', () => {
  const number64 = fc.oneof(number, fc.integer({ min: 1, max: 2 ** 32 - 1 }));

  it('is read again as it was written, or what stood there stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ source: decimal, destination: decimal, floor: number64, modseq: fc.option(decimal) }),
        fc.array(fc.tuple(number64, number64), { maxLength: 8 }),
        async (given, pairs) => {
          const disk = new MemoryDisk();
          const context = { ...nodeContext, disk };
          const open = () => MailboxRecord.open('/b/m', 'm', new Causes('/b', context), context);
          const ledger = await (await open()).ledger({ source: 'INBOX', destination: 'INBOX' });
          const attempt = (act: () => void) => {
            try {
              act();
            } catch {
              // Refused before it was entered.
            }
          };
          const { source, destination, floor, modseq } = given;
          attempt(() => ledger.begin({ sourceUidValidity: source, destinationUidValidity: destination, floor }));
          ledger.highestModseq = modseq;
          for (const [from, to] of pairs) attempt(() => ledger.settle([from], [to]));
          for (const [from] of pairs) attempt(() => ledger.markOdd(from));
          await ledger.checkpoint().catch(() => undefined);
          const again = await (await open()).ledger({ source: 'INBOX', destination: 'INBOX' });
          expect(again.floor).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: 150 },
    );
  });
});

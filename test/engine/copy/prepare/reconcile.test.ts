import { expect, it } from 'vitest';
import type { Fingerprint } from '../../../../src/engine/copy/message/fingerprint.js';
import { TIERS } from '../../../../src/engine/copy/prepare/matching.js';
import { type ReadFingerprints, reconcile } from '../../../../src/engine/copy/prepare/reconcile.js';
import { mine, seen } from '../../../support/mail-messages.js';

/** Answers with prints by UID, and keeps what it was asked for. */
function reader(prints: Readonly<Record<number, string | Fingerprint>>): ReadFingerprints & { asked: number[][] } {
  const asked: number[][] = [];
  const read: ReadFingerprints = async (uids) => {
    asked.push([...uids]);
    return new Map(
      uids.flatMap((uid): [number, Fingerprint][] => {
        const print = prints[uid];
        if (print === undefined) return [];
        return [[uid, typeof print === 'string' ? { exact: print, canonical: print } : print]];
      }),
    );
  };
  return Object.assign(read, { asked });
}

it('settles what looks alike only when its content is equal', async () => {
  const there = [seen(11), seen(12)];
  const found = await reconcile(there, [mine(1)], reader({ 1: 'p' }), reader({ 11: 'q', 12: 'p' }));
  expect(found.pairs).toEqual([[1, 12]]);
  expect(found.strangers).toEqual([11]);
});

it('reads nothing of messages that nothing at the other side looks like', async () => {
  const [source, destination] = [reader({}), reader({})];
  const found = await reconcile(
    [seen(11, { messageId: 'a@x', size: 1, date: 1 })],
    [mine(1, { messageId: 'b@x', size: 2, date: 2 })],
    source,
    destination,
  );
  expect(found).toEqual({ pairs: [], strangers: [11], read: 0 });
  expect([source.asked, destination.asked]).toEqual([[], []]);
});

it('reads each message once, however many tiers it meets others in', async () => {
  const [source, destination] = [reader({ 1: 'p' }), reader({ 11: 'q' })];
  const found = await reconcile([seen(11)], [mine(1)], source, destination);
  expect(found.read).toBe(2);
  expect([source.asked, destination.asked]).toEqual([[[1]], [[11]]]);
});

it('lets two equal messages stay two', async () => {
  const prints = { 1: 'p', 2: 'p', 11: 'p', 12: 'p' };
  const two = await reconcile([seen(11), seen(12)], [mine(1), mine(2)], reader(prints), reader(prints));
  expect(two.pairs).toEqual([
    [1, 11],
    [2, 12],
  ]);
  const one = await reconcile([seen(11)], [mine(1), mine(2)], reader(prints), reader(prints));
  expect(one.pairs).toEqual([[1, 11]]);
  const three = await reconcile(
    [seen(11), seen(12), seen(13)],
    [mine(1)],
    reader(prints),
    reader({ ...prints, 13: 'p' }),
  );
  expect(three).toMatchObject({ pairs: [[1, 11]], strangers: [12, 13] });
});

it('gives the one that stands there to the message that was answered with OK, not to its equal', async () => {
  const prints = { 1: 'p', 2: 'p', 11: 'p' };
  const found = await reconcile([seen(11)], [mine(1), mine(2, { settled: true })], reader(prints), reader(prints));
  expect(found.pairs).toEqual([[2, 11]]);
});

it('prefers the very bytes to those that a rewrite makes equal', async () => {
  const source = reader({ 1: { exact: 'lf', canonical: 'c' }, 2: { exact: 'crlf', canonical: 'c' } });
  const destination = reader({ 11: { exact: 'crlf', canonical: 'c' }, 12: { exact: 'crlf 2', canonical: 'c' } });
  const found = await reconcile([seen(11), seen(12)], [mine(1), mine(2)], source, destination);
  expect(found.pairs).toEqual([
    [1, 12],
    [2, 11],
  ]);
});

it.each([
  ['its size changed', { size: 99 }, 'a@x'],
  ['its date changed', { date: 99 }, 'a@x'],
  ['both changed', { size: 99, date: 99 }, 'a@x'],
  ['its size changed and it has no Message-ID', { size: 99 }, null],
  ['its date changed and it has no Message-ID', { date: 99 }, null],
  ['both changed and it has no Message-ID', { size: 99, date: 99 }, null],
] as const)('finds a message again when %s', async (_what, changed, messageId) => {
  const prints = { 1: { exact: 'a', canonical: 'c' }, 11: { exact: 'b', canonical: 'c' } };
  const found = await reconcile(
    [seen(11, { messageId, ...changed })],
    [mine(1, { messageId })],
    reader(prints),
    reader(prints),
  );
  expect(found.pairs).toEqual([[1, 11]]);
});

it('settles nothing with a message that vanished before it could be read', async () => {
  const gone = await reconcile([seen(11)], [mine(1)], reader({}), reader({ 11: 'p' }));
  expect(gone).toMatchObject({ pairs: [], strangers: [11] });
  const moved = await reconcile([seen(11)], [mine(1)], reader({ 1: 'p' }), reader({}));
  expect(moved).toMatchObject({ pairs: [], strangers: [11] });
});

it('keeps to the tiers it was given', async () => {
  const there = [seen(11, { size: 99 })];
  const prints = { 1: 'p', 11: 'p' };
  const found = await reconcile(there, [mine(1)], reader(prints), reader(prints), ['size and date']);
  expect(found.pairs).toEqual([]);
  const all = await reconcile(there, [mine(1)], reader(prints), reader(prints), TIERS);
  expect(all.pairs).toEqual([[1, 11]]);
});

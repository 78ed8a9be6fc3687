import { afterEach, expect, it } from 'vitest';
import { endSpans } from '../../../src/ui/select/end-spans.js';
import { plainText } from '../../../src/ui/text/spans.js';
import { showTimesIn } from '../../../src/words/times.js';
import { said as saidBy } from '../../support/a-reason.js';
import { aBatch, aCopying, aMailbox, MINUTE, NOW } from '../support/a-batch.js';

afterEach(() => showTimesIn('UTC'));

/** 02:59 in summer, a minute before it is 02:00 again. */
const BEFORE = Date.UTC(2026, 9, 25, 0, 59);
const mailboxes = [aCopying('ann', 0.5)];
const said = (now: number, until: number): string => {
  const [from, to] = [until - MINUTE, until + MINUTE];
  return plainText(endSpans(aBatch(mailboxes, { eta: until, etaBetween: { from, to } }), mailboxes, now, 80));
};

it('names the zone of an end that comes after the clocks are set: the hour before it comes twice', () => {
  showTimesIn('Europe/Berlin');
  expect(said(BEFORE, BEFORE + 13 * MINUTE)).toBe('done about 02:12 CET, 02:11 to 02:13 CET');
  expect(said(BEFORE + 2 * MINUTE, BEFORE + 13 * MINUTE)).toBe('done about 02:12, 02:11 to 02:13');
});

it.each([
  [40, 'all rest, the next try in 1:00'],
  [20, 'next try in 1:00'],
  [10, ''],
])('gives way to a server in trouble, which stands beside it: %d cells', (room, text) => {
  const because = saidBy('destination', '* BYE Internal error occurred.');
  const resting = [aMailbox('ann', { state: { kind: 'backing-off', until: NOW + MINUTE, because } })];
  expect(plainText(endSpans(aBatch(resting), resting, NOW, room))).toBe(text);
});

it('says that all is done where an engine without work stays for a console, and else that the rest waits', () => {
  const synced = [aMailbox('ann', { state: { kind: 'synced', at: NOW } })];
  const saidOf = (needs: number) =>
    plainText(endSpans({ ...aBatch(synced), state: 'waiting', needs }, synced, NOW, 80));
  expect(saidOf(0)).toBe('all done');
  expect(saidOf(1)).toBe('the rest waits for you');
});

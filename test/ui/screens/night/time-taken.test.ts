import { expect, it } from 'vitest';
import type { BatchEntity } from '../../../../src/protocol/entities.js';
import { endpointsSpans } from '../../../../src/ui/screens/night/endpoints-spans.js';
import { ASCII } from '../../../../src/ui/text/glyphs.js';
import { plainText } from '../../../../src/ui/text/spans.js';
import { aBatch, aMailbox, MINUTE, NOW } from '../../support/a-batch.js';

const startedAt = NOW - 120 * MINUTE;
const mailboxes = [
  aMailbox('ann', { startedAt, endedAt: NOW - 60 * MINUTE }),
  aMailbox('bob', { startedAt, endedAt: NOW - 90 * MINUTE }),
];

function said(state: BatchEntity['state']): string {
  const batch = aBatch(mailboxes, { state, startedAt, now: NOW });
  return plainText(endpointsSpans({ link: { kind: 'live' }, now: NOW, batch, mailboxes, log: [], failures: 0 }, ASCII));
}

it('counts the time of a batch at work, and stands still when it is over', () => {
  expect(said('running')).toMatch(/ {3}for 2:00:00$/);
  expect(said('ended')).toMatch(/ {3}took 1:00:00$/);
  expect(said('stopped')).toMatch(/ {3}took 1:00:00$/);
});

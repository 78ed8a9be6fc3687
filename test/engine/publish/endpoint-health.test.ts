import { expect, it } from 'vitest';
import type { PassFailure } from '../../../src/engine/mailbox/pass-failure.js';
import { EndpointHealth } from '../../../src/engine/publish/endpoint-health.js';
import { classify } from '../../../src/engine/responses/classify.js';

const NOW = Date.UTC(2026, 0, 15, 22);
const LATER = NOW + 300_000;

function met(response: string): PassFailure {
  const verdict = classify({ line: response, command: 'LOGIN', side: 'source' });
  return { side: 'source', command: 'LOGIN', folder: null, response, verdict, goes: 'rest' };
}

const DOWN = met('NO [UNAVAILABLE] Down for scheduled maintenance');
const ITS_OWN = met('NO [UNAVAILABLE] Temporary authentication failure');

function unreachable(health: EndpointHealth, now = NOW) {
  const given = { name: 'imap://here', connections: 0, allowed: 10, circuit: null };
  return health.entities(now, { source: given, destination: given }).source.unreachableUntil;
}

it('is out of reach when three mailboxes met that, and not for one that is refused while others log in', () => {
  const health = new EndpointHealth(20);
  expect(DOWN.verdict.scope).toBe('endpoint');
  for (const until of [LATER, LATER + 1, LATER + 2, LATER + 3]) health.failed('ann', DOWN, until);
  health.failed('bob', DOWN, LATER);
  expect(unreachable(health)).toBeNull();
  health.failed('bob', ITS_OWN, LATER);
  health.failed('eve', DOWN, LATER);
  expect(unreachable(health)).toBeNull();
  health.failed('bob', DOWN, LATER);
  expect(unreachable(health)).toBe(LATER + 3);
  expect(unreachable(health, LATER + 3)).toBeNull();
});

it('is in reach again as soon as one mailbox got in', () => {
  const health = new EndpointHealth(20);
  for (const id of ['ann', 'bob', 'eve']) health.failed(id, DOWN, LATER);
  health.reached('source', 'Dovecot');
  expect(unreachable(health)).toBeNull();
  health.failed('ann', DOWN, LATER);
  expect(unreachable(health)).toBeNull();
});

it('is out of reach when all mailboxes of a small batch met that', () => {
  const health = new EndpointHealth(2);
  health.failed('ann', DOWN, LATER);
  expect(unreachable(health)).toBeNull();
  health.failed('bob', DOWN, LATER);
  expect(unreachable(health)).toBe(LATER);
});

import { expect, it } from 'vitest';
import { EndpointHealth } from '../../../src/engine/publish/endpoint-health.js';
import { classify } from '../../../src/engine/responses/classify.js';
import type { PassFailure } from '../../../src/engine/responses/pass-failure.js';
import { OWN } from '../../../src/store/batch/endpoints.js';

const NOW = Date.UTC(2026, 0, 15, 22);
const LATER = NOW + 300_000;

function met(response: string): PassFailure {
  const verdict = classify({ line: response, command: 'LOGIN', side: 'source' });
  return { side: 'source', command: 'LOGIN', folder: null, response, verdict, goes: 'rest' };
}

const one = (id: string) => ({ id, at: null });
const DOWN = met('NO [UNAVAILABLE] Down for scheduled maintenance');
const ITS_OWN = met('NO [UNAVAILABLE] Temporary authentication failure');

function unreachable(health: EndpointHealth, now = NOW) {
  const given = { name: 'imap://here', connections: 0, allowed: 10, circuit: null };
  return health.entity('source', OWN, now, given).unreachableUntil;
}

it('is out of reach when three mailboxes met that, and not for one that is refused while others log in', () => {
  const health = new EndpointHealth(() => 20);
  expect(DOWN.verdict.scope).toBe('endpoint');
  for (const until of [LATER, LATER + 1, LATER + 2, LATER + 3]) health.failed(one('ann'), DOWN, until);
  health.failed(one('bob'), DOWN, LATER);
  expect(unreachable(health)).toBeNull();
  health.failed(one('bob'), ITS_OWN, LATER);
  health.failed(one('eve'), DOWN, LATER);
  expect(unreachable(health)).toBeNull();
  health.failed(one('bob'), DOWN, LATER);
  expect(unreachable(health)).toBe(LATER + 3);
  expect(unreachable(health, LATER + 3)).toBeNull();
});

it('is in reach again as soon as one mailbox got in', () => {
  const health = new EndpointHealth(() => 20);
  for (const id of ['ann', 'bob', 'eve']) health.failed(one(id), DOWN, LATER);
  health.reached('source', one('ann'), 'Dovecot');
  expect(unreachable(health)).toBeNull();
  health.failed(one('ann'), DOWN, LATER);
  expect(unreachable(health)).toBeNull();
});

it('is out of reach when all mailboxes of a small batch met that', () => {
  const health = new EndpointHealth(() => 2);
  health.failed(one('ann'), DOWN, LATER);
  expect(unreachable(health)).toBeNull();
  health.failed(one('bob'), DOWN, LATER);
  expect(unreachable(health)).toBe(LATER);
});

it('is found of each endpoint by itself', () => {
  const health = new EndpointHealth(() => 1);
  health.failed({ id: 'ann', at: { source: 'imaps://b:993', destination: null } }, DOWN, LATER);
  expect(unreachable(health)).toBeNull();
  expect(health.isWell('source', one('bob'), NOW)).toBe(true);
  expect(health.isWell('source', { at: { source: 'imaps://b:993', destination: null } }, NOW)).toBe(false);
});

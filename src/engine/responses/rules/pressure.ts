import type { Rule } from '../rule.js';

/** Too much at once. These hold whatever the command, and with most codes. */
export const PRESSURE_RULES: readonly Rule[] = [
  {
    name: 'too-many-mistakes',
    says: ['too many mistakes'],
    unless: ['too many failed logins'],
    means: { kind: 'client-bug', advice: 'our bug' },
  },
  {
    name: 'too-many-failed-logins',
    says: ['too many failed logins'],
    groups: ['connect', 'login', 'other'],
    unless: ['bad syntax'],
    means: { kind: 'auth', advice: 'lockout' },
  },
  {
    name: 'too-many-connections-user',
    says: ['too many connections'],
    alsoSays: ['per user'],
    means: { kind: 'throttled', advice: 'connections per user', scope: 'mailbox' },
  },
  {
    name: 'too-many-connections',
    says: ['too many connections'],
    means: { kind: 'throttled', advice: 'connections per server', scope: 'endpoint' },
  },
  { name: 'throttled', says: ['throttled'], means: { kind: 'throttled', advice: 'throttled' } },
];

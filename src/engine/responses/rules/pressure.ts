import type { Rule } from '../rule.js';

export const TOO_MANY_MISTAKES: Rule = {
  name: 'too-many-mistakes',
  says: ['too many mistakes'],
  unless: ['too many failed logins'],
  means: { kind: 'client-bug', advice: 'our bug' },
};

export const TOO_MANY_FAILED_LOGINS: Rule = {
  name: 'too-many-failed-logins',
  says: ['too many failed logins'],
  groups: ['connect', 'login', 'other'],
  unless: ['bad syntax'],
  means: { kind: 'auth', advice: 'lockout' },
};

/** Rules for too much at once. They hold with most codes. */
export const TOO_MUCH_AT_ONCE: readonly Rule[] = [
  // The rate is limited where the text speaks of waiting. Where it does not, the password is most likely wrong.
  {
    name: 'too-many-login-attempts',
    says: ['too many login attempts'],
    alsoSays: ['passing', 'throttled'],
    unless: ['account closed', 'wrong password'],
    groups: ['connect', 'login', 'other'],
    means: { kind: 'throttled', advice: 'throttled' },
  },
  {
    name: 'login-attempts-used-up',
    says: ['too many login attempts'],
    groups: ['connect', 'login', 'other'],
    means: { kind: 'auth', advice: 'lockout' },
  },
  {
    name: 'too-many-connections-user',
    says: ['too many connections'],
    alsoSays: ['per user'],
    means: { kind: 'throttled', advice: 'connections per user', scope: 'mailbox' },
  },
  // After a login it is known whose they are.
  {
    name: 'too-many-connections-mailbox',
    groups: ['login', 'open', 'make', 'look', 'append', 'copy', 'store', 'fetch'],
    says: ['too many connections'],
    unless: ['per address'],
    means: { kind: 'throttled', advice: 'connections per user', scope: 'mailbox' },
  },
  {
    name: 'too-many-connections',
    says: ['too many connections'],
    means: { kind: 'throttled', advice: 'connections per server', scope: 'endpoint' },
  },
  { name: 'throttled', says: ['throttled'], means: { kind: 'throttled', advice: 'throttled' } },
];

/** Rules for pressure that hold with any command. */
export const PRESSURE_RULES: readonly Rule[] = [TOO_MANY_MISTAKES, TOO_MANY_FAILED_LOGINS, ...TOO_MUCH_AT_ONCE];

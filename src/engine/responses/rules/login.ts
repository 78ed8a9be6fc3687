import type { CommandGroup } from '../command-group.js';
import type { Outcome, Rule } from '../rule.js';

const AT: readonly CommandGroup[] = ['connect', 'login', 'other'];
const token: Outcome = { kind: 'auth', advice: 'token', next: 'renew-token' };

/** Reasons for a refused login that no wait will mend. */
export const LOGIN_REASONS: readonly Rule[] = [
  { name: 'login-token-expired', groups: AT, says: ['token expired'], means: token },
  {
    name: 'login-address-refused',
    groups: ['connect', 'login'],
    says: ['address refused'],
    means: { kind: 'auth', advice: 'address refused', scope: 'endpoint' },
  },
  {
    name: 'login-encryption',
    groups: AT,
    says: ['encryption required'],
    means: { kind: 'auth', advice: 'encryption', scope: 'endpoint' },
  },
  { name: 'login-imap-off', groups: AT, says: ['imap switched off'], means: { kind: 'auth', advice: 'imap off' } },
  { name: 'login-account', groups: AT, says: ['account closed'], means: { kind: 'auth', advice: 'account' } },
  { name: 'login-method', groups: AT, says: ['other login method'], means: { kind: 'auth', advice: 'method' } },
  {
    name: 'login-admin-rights',
    groups: ['login'],
    says: ['admin rights'],
    means: { kind: 'auth', advice: 'admin rights' },
  },
];

/** Rules by words for a refused login. */
export const LOGIN_WORDS: readonly Rule[] = [
  {
    name: 'login-server-maintenance',
    groups: AT,
    says: ['maintenance'],
    unless: ['mailbox itself', 'wrong password', 'imap switched off'],
    means: { kind: 'mailbox-state', advice: 'maintenance', scope: 'endpoint' },
  },
  {
    name: 'login-maintenance',
    groups: AT,
    says: ['maintenance', 'permanent failure'],
    unless: ['wrong password', 'imap switched off'],
    means: { kind: 'mailbox-state', advice: 'maintenance' },
  },
  ...LOGIN_REASONS,
  { name: 'login-wrong-password', groups: AT, says: ['wrong password'], means: { kind: 'auth', advice: 'password' } },
  {
    name: 'login-bad-syntax',
    groups: ['connect', 'login'],
    says: ['bad syntax', 'wrong state'],
    status: ['BAD', 'BYE'],
    unless: ['login failed'],
    means: { kind: 'client-bug', advice: 'our bug' },
  },
  { name: 'login-locked', groups: ['login'], says: ['locked'], means: { kind: 'transient', advice: 'locked' } },
  {
    name: 'login-passing',
    groups: ['connect', 'login'],
    says: ['passing', 'idle'],
    means: { kind: 'transient', advice: 'passing' },
  },
  {
    name: 'login-internal',
    groups: ['connect', 'login'],
    says: ['internal error'],
    means: { kind: 'server-bug', advice: 'server fault' },
  },
  { name: 'login-failed', groups: AT, says: ['login failed'], means: { kind: 'auth', advice: 'password' } },
  {
    name: 'login-not-permitted',
    groups: ['connect', 'login'],
    says: ['not permitted', 'command switched off'],
    means: { kind: 'auth', advice: 'admin rights' },
  },
  {
    name: 'login-call-administrator',
    groups: ['login'],
    says: ['call the administrator'],
    means: { kind: 'auth', advice: 'administrator' },
  },
  {
    name: 'login-could-not',
    groups: ['connect', 'login'],
    says: ['could not'],
    means: { kind: 'server-bug', advice: 'server fault' },
  },
];

import type { Rule } from '../rule.js';

const AT = ['other'] as const;

/** This text comes beside any command, again with each folder that is opened. */
export const NOTIFICATIONS_BROKEN: Rule = {
  name: 'warning-notifications-broken',
  says: ['notifications broken'],
  tagged: 'untagged',
  means: { kind: 'server-bug', advice: 'server setup', scope: 'mailbox', next: 'note' },
};

/** Rules by words for untagged responses between commands, and for commands that move no mail. */
export const OUTSIDE_WORDS: readonly Rule[] = [
  {
    name: 'warning-over-quota',
    groups: AT,
    says: ['over quota'],
    means: { kind: 'quota', advice: 'quota warning', next: 'note' },
  },
  { name: 'other-read-only', groups: AT, says: ['read-only'], means: { kind: 'mailbox-state', advice: 'read-only' } },
  {
    name: 'other-too-big',
    groups: AT,
    says: ['message too big'],
    means: { kind: 'message-policy', advice: 'message size' },
  },
  { name: 'other-idle', groups: AT, says: ['idle'], means: { kind: 'transient', advice: 'passing' } },
  {
    name: 'other-wrong-state',
    groups: AT,
    says: ['wrong state'],
    unless: ['passing'],
    means: { kind: 'client-bug', advice: 'our bug' },
  },
  { name: 'other-corrupt', groups: AT, says: ['corruption'], means: { kind: 'corruption', advice: 'corrupt' } },
  {
    name: 'other-folder-missing',
    groups: AT,
    says: ['folder missing'],
    unless: ['passing', 'message gone'],
    means: { kind: 'folder', advice: 'folder missing' },
  },
  {
    name: 'other-not-permitted',
    groups: AT,
    says: ['not permitted'],
    means: { kind: 'folder', advice: 'folder rights' },
  },
  { name: 'other-locked', groups: AT, says: ['locked'], means: { kind: 'transient', advice: 'locked' } },
  {
    name: 'other-bad-syntax',
    groups: AT,
    says: ['bad syntax'],
    status: ['BAD', 'BYE'],
    means: { kind: 'client-bug', advice: 'our bug' },
  },
  { name: 'other-passing', groups: AT, says: ['passing'], means: { kind: 'transient', advice: 'passing' } },
  {
    name: 'other-command-off',
    groups: AT,
    says: ['command switched off'],
    means: { kind: 'folder', advice: 'command off' },
  },
  {
    name: 'other-internal',
    groups: AT,
    says: ['internal error'],
    means: { kind: 'server-bug', advice: 'server fault' },
  },
  { name: 'other-gone', groups: AT, says: ['message gone'], means: { kind: 'missing', advice: 'gone' } },
  {
    name: 'other-folder-name',
    groups: AT,
    says: ['folder name refused', 'folder not selectable'],
    status: ['NO', 'BAD'],
    unless: ['passing'],
    means: { kind: 'folder', advice: 'folder name' },
  },
  {
    name: 'other-message-refused',
    groups: AT,
    says: ['message refused', 'flag refused'],
    status: ['NO', 'BAD'],
    means: { kind: 'message-policy', advice: 'message refused' },
  },
];

import type { CommandGroup } from '../command-group.js';
import type { Rule } from '../rule.js';
import { outOfStep } from './folder.js';

const AT: readonly CommandGroup[] = ['fetch', 'store'];

/** Rules by words for a message that cannot be read, found or flagged. */
export const READ_WORDS: readonly Rule[] = [
  { name: 'read-wrong-state', groups: AT, says: ['wrong state'], means: outOfStep },
  {
    name: 'store-flag',
    groups: ['store'],
    says: ['flag refused', 'message too big'],
    means: { kind: 'message-policy', advice: 'flags' },
  },
  // STORE follows a SELECT. If that opened the folder for reading only, rights are missing, and no end of a freeze
  // gives them.
  {
    name: 'store-opened-read-only',
    groups: ['store'],
    side: 'destination',
    says: ['opened read-only'],
    unless: ['maintenance', 'passing'],
    means: { kind: 'folder', advice: 'folder rights' },
  },
  {
    name: 'store-read-only',
    groups: ['store'],
    says: ['read-only'],
    means: { kind: 'mailbox-state', advice: 'read-only' },
  },
  {
    name: 'store-over-quota',
    groups: ['store'],
    says: ['over quota'],
    means: { kind: 'quota', advice: 'full mailbox' },
  },
  {
    name: 'read-maintenance',
    groups: AT,
    says: ['maintenance', 'permanent failure'],
    means: { kind: 'mailbox-state', advice: 'maintenance' },
  },
  { name: 'read-corrupt', groups: AT, says: ['corruption'], means: { kind: 'corruption', advice: 'corrupt' } },
  { name: 'read-gone', groups: AT, says: ['message gone'], means: { kind: 'missing', advice: 'gone' } },
  { name: 'read-locked', groups: AT, says: ['locked'], means: { kind: 'transient', advice: 'locked' } },
  { name: 'read-passing', groups: AT, says: ['passing', 'idle'], means: { kind: 'transient', advice: 'passing' } },
  {
    name: 'read-not-permitted',
    groups: AT,
    says: ['not permitted'],
    means: { kind: 'folder', advice: 'folder rights' },
  },
  { name: 'read-folder-missing', groups: AT, says: ['folder missing'], means: { kind: 'missing', advice: 'gone' } },
  { name: 'read-bad-syntax', groups: AT, says: ['bad syntax'], means: { kind: 'client-bug', advice: 'our bug' } },
  {
    name: 'read-unknown-command',
    groups: AT,
    says: ['command switched off'],
    status: ['BAD'],
    means: { kind: 'client-bug', advice: 'our bug' },
  },
  {
    name: 'read-command-off',
    groups: AT,
    says: ['command switched off'],
    means: { kind: 'folder', advice: 'command off' },
  },
  {
    name: 'read-refused',
    groups: ['fetch'],
    says: ['message refused'],
    means: { kind: 'corruption', advice: 'part refused' },
  },
  {
    name: 'read-internal',
    groups: AT,
    says: ['internal error', 'could not'],
    means: { kind: 'server-bug', advice: 'server fault' },
  },
];

import type { CommandGroup } from '../command-group.js';
import type { Rule } from '../rule.js';
import { outOfStep } from './folder.js';

const AT: readonly CommandGroup[] = ['append', 'copy'];

/** Rules by words for a message that the destination does not take. */
export const WRITE_WORDS: readonly Rule[] = [
  { name: 'write-out-of-step', groups: AT, says: ['wrong state'], status: ['BAD'], means: outOfStep },
  {
    name: 'write-over-quota',
    groups: AT,
    says: ['over quota', 'disk or permission'],
    means: { kind: 'quota', advice: 'full mailbox' },
  },
  {
    name: 'write-too-big',
    groups: AT,
    says: ['message too big'],
    means: { kind: 'message-policy', advice: 'message size' },
  },
  // This connection opened the folder for reading only. A new connection has no folder open.
  {
    name: 'write-opened-read-only',
    groups: AT,
    says: ['opened read-only'],
    means: { kind: 'transient', scope: 'mailbox', advice: 'passing' },
  },
  { name: 'write-read-only', groups: AT, says: ['read-only'], means: { kind: 'mailbox-state', advice: 'read-only' } },
  { name: 'write-flag', groups: AT, says: ['flag refused'], means: { kind: 'message-policy', advice: 'flags' } },
  { name: 'copy-gone', groups: ['copy'], says: ['message gone'], means: { kind: 'missing', advice: 'gone' } },
  {
    name: 'write-folder-name',
    groups: AT,
    says: ['folder name refused', 'folder not selectable'],
    unless: ['message refused'],
    means: { kind: 'folder', advice: 'folder name' },
  },
  {
    name: 'write-folder-missing',
    groups: AT,
    says: ['folder missing'],
    unless: ['message refused'],
    means: { kind: 'folder', advice: 'folder to create', next: 'create-folder' },
  },
  {
    name: 'append-refused',
    groups: ['append'],
    says: ['message refused', 'permanent failure'],
    unless: ['maintenance'],
    means: { kind: 'message-policy', advice: 'message refused' },
  },
  {
    name: 'write-maintenance',
    groups: AT,
    says: ['maintenance'],
    means: { kind: 'mailbox-state', advice: 'maintenance' },
  },
  {
    name: 'write-not-permitted',
    groups: AT,
    says: ['not permitted'],
    means: { kind: 'folder', advice: 'folder rights' },
  },
  { name: 'write-locked', groups: AT, says: ['locked'], means: { kind: 'transient', advice: 'locked' } },
  { name: 'write-corrupt', groups: AT, says: ['corruption'], means: { kind: 'corruption', advice: 'corrupt' } },
  { name: 'write-passing', groups: AT, says: ['passing', 'idle'], means: { kind: 'transient', advice: 'passing' } },
  {
    name: 'write-internal',
    groups: AT,
    says: ['internal error', 'not stored'],
    means: { kind: 'server-bug', advice: 'server fault' },
  },
  { name: 'write-wrong-state', groups: AT, says: ['wrong state'], means: outOfStep },
  { name: 'copy-bad-syntax', groups: ['copy'], says: ['bad syntax'], means: { kind: 'client-bug', advice: 'our bug' } },
  {
    name: 'write-command-off',
    groups: AT,
    says: ['command switched off'],
    means: { kind: 'folder', advice: 'command off' },
  },
];

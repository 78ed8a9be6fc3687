import type { CommandGroup } from '../command-group.js';
import type { Outcome, Rule } from '../rule.js';

const AT: readonly CommandGroup[] = ['open', 'make', 'look'];
/**
 * The session is in another state than we thought. No message and no folder is at fault, and the next session begins
 * anew.
 */
export const outOfStep: Outcome = { kind: 'client-bug', advice: 'our bug', scope: 'mailbox', next: 'retry' };

/** Rules by words for a folder that cannot be opened, made or looked at. */
export const FOLDER_WORDS: readonly Rule[] = [
  {
    name: 'folder-exists',
    groups: ['make'],
    says: ['folder exists'],
    means: { kind: 'folder', advice: 'nothing', next: 'ignore' },
  },
  {
    name: 'folder-wrong-state',
    groups: AT,
    says: ['wrong state'],
    means: outOfStep,
  },
  {
    name: 'folder-quota',
    groups: ['make'],
    says: ['over quota', 'disk or permission'],
    means: { kind: 'quota', advice: 'full mailbox' },
  },
  {
    name: 'folder-name',
    groups: ['make'],
    says: ['folder name refused'],
    means: { kind: 'folder', advice: 'folder name' },
  },
  {
    name: 'folder-maintenance',
    groups: AT,
    says: ['maintenance', 'permanent failure'],
    means: { kind: 'mailbox-state', advice: 'maintenance' },
  },
  {
    name: 'folder-name-open',
    groups: ['open', 'look'],
    says: ['folder name refused'],
    means: { kind: 'folder', advice: 'folder name' },
  },
  {
    name: 'folder-missing',
    groups: AT,
    says: ['folder missing'],
    unless: ['passing'],
    means: { kind: 'folder', advice: 'folder missing' },
  },
  {
    name: 'folder-no-mailbox',
    groups: ['open', 'look'],
    says: ['no mailbox file'],
    unless: ['passing'],
    means: { kind: 'folder', advice: 'no mailbox' },
  },
  { name: 'folder-corrupt', groups: AT, says: ['corruption'], means: { kind: 'corruption', advice: 'corrupt' } },
  {
    name: 'folder-read-only',
    groups: ['make'],
    says: ['read-only'],
    means: { kind: 'mailbox-state', advice: 'read-only' },
  },
  {
    name: 'folder-account',
    groups: AT,
    says: ['account closed', 'imap switched off', 'wrong password', 'token expired'],
    unless: ['passing'],
    means: { kind: 'auth', advice: 'account' },
  },
  {
    name: 'folder-not-permitted',
    groups: AT,
    says: ['not permitted', 'command switched off'],
    means: { kind: 'folder', advice: 'folder rights' },
  },
  { name: 'folder-locked', groups: AT, says: ['locked'], means: { kind: 'transient', advice: 'locked' } },
  { name: 'folder-passing', groups: AT, says: ['passing', 'idle'], means: { kind: 'transient', advice: 'passing' } },
  {
    name: 'folder-internal',
    groups: AT,
    says: ['internal error'],
    means: { kind: 'server-bug', advice: 'server fault' },
  },
  {
    name: 'folder-not-selectable',
    groups: AT,
    says: ['folder not selectable'],
    means: { kind: 'folder', advice: 'folder missing' },
  },
  {
    name: 'folder-bad-syntax',
    groups: AT,
    says: ['bad syntax'],
    status: ['BAD'],
    means: { kind: 'client-bug', advice: 'our bug' },
  },
];

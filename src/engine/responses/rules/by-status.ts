import type { Rule } from '../rule.js';

/** Rules for a response with no known code or words. The last rule always holds. */
export const BY_STATUS: readonly Rule[] = [
  {
    name: 'success',
    status: ['OK', 'PREAUTH', 'DATA', 'CONTINUE'],
    means: { kind: 'transient', advice: 'nothing', next: 'ignore' },
  },
  { name: 'bye', status: ['BYE'], means: { kind: 'transient', advice: 'passing' } },
  {
    name: 'bad-append',
    status: ['BAD'],
    groups: ['append'],
    means: { kind: 'message-policy', advice: 'message refused' },
  },
  { name: 'bad', status: ['BAD'], means: { kind: 'client-bug', advice: 'our bug' } },
  { name: 'no-login', groups: ['login'], means: { kind: 'auth', advice: 'password' } },
  { name: 'no-connect', groups: ['connect'], means: { kind: 'transient', advice: 'passing' } },
  { name: 'no-append', groups: ['append'], means: { kind: 'message-policy', advice: 'message refused' } },
  { name: 'no-copy', groups: ['copy'], means: { kind: 'server-bug', advice: 'unknown outcome' } },
  { name: 'no-folder', groups: ['open', 'make', 'look'], means: { kind: 'folder', advice: 'folder unusable' } },
  { name: 'no', means: { kind: 'server-bug', advice: 'server fault' } },
];

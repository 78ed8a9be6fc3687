import type { Kind, Next, Scope } from '../../words/verdict.js';
import type { CommandGroup } from './command-group.js';
import type { Facts, Outcome } from './rule.js';

/**
 * How far a response reaches, and what comes next. The rule decides where it says so, else the kind and the command.
 */
export function consequence(
  means: Outcome,
  { status, group }: Pick<Facts, 'status' | 'group'>,
): { readonly scope: Scope; readonly next: Next } {
  const scope = widened(means.scope ?? scopeOf(means.kind, group), group);
  const next = means.next ?? nextOf(means.kind, group);
  if (status === 'OK' || status === 'PREAUTH') return { scope, next: means.next === 'wait' ? next : atMostNoted(next) };
  // A BYE for a fault ends the session. No message and no folder is given up for it.
  if (status === 'BYE' && isFault(means.kind) && (scope === 'message' || scope === 'folder'))
    return { scope: 'mailbox', next: 'retry' };
  // Whatever the code means elsewhere, this message was not stored. A note would say that nothing is left to do.
  if (group === 'append' && (next === 'note' || next === 'ignore') && (status === 'NO' || status === 'BAD'))
    return { scope, next: 'skip-message' };
  return { scope, next };
}

/**
 * Widens a scope to what is at stake: no message before one is fetched or sent, and no folder before the login stands.
 */
function widened(scope: Scope, group: CommandGroup): Scope {
  switch (group) {
    case 'connect':
    case 'login':
      return scope === 'endpoint' ? scope : 'mailbox';
    case 'open':
    case 'make':
    case 'look':
      return scope === 'message' ? 'folder' : scope;
    default:
      return scope;
  }
}

/** The command succeeded, so a warning beside it is noted at most: nothing is held or skipped. */
function atMostNoted(next: Next): Next {
  return next === 'ignore' ? 'ignore' : 'note';
}

/** Whether the fault is the server's own, or ours. */
function isFault(kind: Kind): boolean {
  return kind === 'server-bug' || kind === 'corruption' || kind === 'client-bug';
}

/** How far a failure of this kind reaches where its rule does not say. */
export function scopeOf(kind: Kind, group: CommandGroup): Scope {
  switch (kind) {
    case 'transient':
    case 'throttled':
    case 'mailbox-state':
    case 'auth':
      return group === 'connect' ? 'endpoint' : 'mailbox';
    case 'quota':
      return 'mailbox';
    case 'message-policy':
    case 'missing':
      return 'message';
    case 'folder':
      return 'folder';
    case 'server-bug':
    case 'corruption':
    case 'client-bug':
      return reach(group);
  }
}

function reach(group: CommandGroup): Scope {
  switch (group) {
    case 'append':
    case 'copy':
    case 'store':
    case 'fetch':
      return 'message';
    case 'open':
    case 'make':
    case 'look':
      return 'folder';
    case 'connect':
      return 'endpoint';
    case 'login':
    case 'other':
      return 'mailbox';
  }
}

/** The engine's next step after a failure of this kind, where its rule names none. */
export function nextOf(kind: Kind, group: CommandGroup): Next {
  switch (kind) {
    case 'transient':
    case 'server-bug':
    case 'corruption':
      return 'retry';
    case 'throttled':
    case 'mailbox-state':
      return 'wait';
    case 'auth':
      return 'hold';
    case 'quota':
      return group === 'append' || group === 'copy' ? 'skip-message' : group === 'make' ? 'skip-folder' : 'note';
    case 'message-policy':
      // A refused STORE loses a flag, not the message.
      return group === 'store' ? 'note' : 'skip-message';
    case 'missing':
      return 'note';
    case 'folder':
      // A STORE that is refused for want of rights loses a flag, too.
      return group === 'store' ? 'note' : 'skip-folder';
    case 'client-bug':
      return afterOurBug(group);
  }
}

function afterOurBug(group: CommandGroup): Next {
  switch (group) {
    case 'append':
    case 'copy':
    case 'fetch':
      return 'skip-message';
    case 'open':
    case 'make':
      return 'skip-folder';
    case 'connect':
    case 'login':
      return 'hold';
    case 'look':
    case 'store':
    case 'other':
      return 'note';
  }
}

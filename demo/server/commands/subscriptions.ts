import { matcher } from '../grammar/pattern.js';
import { atMost, textOf } from '../grammar/tokens.js';
import { folderName, quoted } from '../grammar/write.js';
import type { CommandTable } from '../session/command.js';
import { no, ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import { may } from '../store/rights.js';
import { accountOf, pathIn } from './folder-argument.js';

/** SUBSCRIBE, UNSUBSCRIBE, LSUB (RFC 3501 sections 6.3.6, 6.3.7, 6.3.9). */
export const SUBSCRIPTIONS: CommandTable = {
  SUBSCRIBE: {
    kind: 'whole',
    state: 'authenticated',
    run: (session, args) => {
      atMost(args, 1);
      const named = pathIn(session, args[0]);
      if (named.kind === 'refused') return named.outcome;
      const folder = accountOf(session).find(named.path);
      if (!folder || !may(folder, 'l')) return no(`Mailbox doesn't exist: ${folderName(named.path)}`);
      accountOf(session).subscriptions.add(named.path);
      return ok('Subscribe completed.');
    },
  },
  UNSUBSCRIBE: {
    kind: 'whole',
    state: 'authenticated',
    run: (session, args) => {
      atMost(args, 1);
      const named = pathIn(session, args[0]);
      if (named.kind === 'refused') return named.outcome;
      accountOf(session).subscriptions.delete(named.path);
      return ok('Unsubscribe completed.');
    },
  },
  LSUB: {
    kind: 'whole',
    state: 'authenticated',
    run: (session, args) => {
      atMost(args, 2);
      for (const line of subscribed(session, textOf(args[0], 'reference') + textOf(args[1], 'pattern'))) {
        session.out.line(line);
      }
      return ok('Lsub completed.');
    },
  },
};

/** Names that match, and as \Noselect the levels above subscribed names that a `%` stops at. */
function subscribed(session: Session, pattern: string): readonly string[] {
  const account = accountOf(session);
  const { delimiter } = account.layout;
  const matches = matcher(pattern, delimiter);
  const found = new Map<string, string>();
  for (const path of account.subscriptions) {
    const special = session.has('SPECIAL-USE') ? (account.find(path)?.specialUse ?? '') : '';
    if (matches(path)) found.set(path, special);
    else if (pattern.endsWith('%')) {
      const parent = parentsOf(path, delimiter).find((each) => matches(each));
      if (parent !== undefined && !account.subscriptions.has(parent)) found.set(parent, '\\Noselect');
    }
  }
  return [...found].map(([path, attribute]) => `* LSUB (${attribute}) ${quoted(delimiter)} ${folderName(path)}`);
}

/** a/b/c: a/b, then a. */
export function parentsOf(path: string, delimiter: string): readonly string[] {
  const parents: string[] = [];
  for (let at = path.lastIndexOf(delimiter); at > 0; at = path.lastIndexOf(delimiter, at - 1)) {
    parents.push(path.slice(0, at));
  }
  return parents;
}

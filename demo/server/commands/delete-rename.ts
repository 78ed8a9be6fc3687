import { atMost } from '../grammar/tokens.js';
import { folderName } from '../grammar/write.js';
import type { CommandTable } from '../session/command.js';
import { no, type Outcome, ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import type { Account } from '../store/account.js';
import { may } from '../store/rights.js';
import { refusalOfName } from './create.js';
import { accountOf, NO_PERMISSION, pathIn } from './folder-argument.js';
import { parentsOf } from './subscriptions.js';

/** DELETE and RENAME (RFC 3501 sections 6.3.4 and 6.3.5). */
export const DELETE_RENAME: CommandTable = {
  DELETE: {
    kind: 'whole',
    state: 'authenticated',
    run: (session, args) => {
      atMost(args, 1);
      const named = pathIn(session, args[0]);
      return named.kind === 'refused' ? named.outcome : remove(session, named.path);
    },
  },
  RENAME: {
    kind: 'whole',
    state: 'authenticated',
    run: (session, args) => {
      atMost(args, 2);
      const [from, to] = [pathIn(session, args[0]), pathIn(session, args[1])];
      if (from.kind === 'refused') return from.outcome;
      return to.kind === 'refused' ? to.outcome : rename(session, from.path, to.path);
    },
  },
};

function missing(path: string): Outcome {
  return no(`[NONEXISTENT] Mailbox doesn't exist: ${folderName(path)}`);
}

function remove(session: Session, path: string): Outcome {
  const account = accountOf(session);
  const folder = account.find(path);
  if (path === 'INBOX') return no("INBOX can't be deleted");
  if (!folder || !may(folder, 'l')) return missing(path);
  if (!may(folder, 'x')) return NO_PERMISSION;
  if (account.hasChildren(path)) {
    if (folder.noselect) return no('Mailbox has children, delete them first');
    // The name stays, as the way to its children; the mail goes.
    folder.expunge(...folder.messages.map((message) => message.uid));
    folder.noselect = true;
  } else account.folders.delete(path);
  return ok('Delete completed.');
}

function rename(session: Session, from: string, to: string): Outcome {
  const account = accountOf(session);
  const folder = account.find(from);
  const { delimiter } = account.layout;
  if (!folder || !may(folder, 'l')) return missing(from);
  const refused = refusalOfName(session, to);
  if (refused) return refused;
  if (account.find(to)) return no('[ALREADYEXISTS] Target mailbox already exists');
  if (!may(folder, 'x')) return NO_PERMISSION;
  if (from === 'INBOX') return emptyInbox(account, to);
  if (to.startsWith(from + delimiter)) return no("[CANNOT] Can't rename a mailbox into itself");
  const moving = [...account.folders].filter(([path]) => path === from || path.startsWith(from + delimiter));
  for (const [path] of moving) account.folders.delete(path);
  account.addFolder(to);
  for (const [path, each] of moving) account.folders.set(to + path.slice(from.length), each);
  // Names that held nothing but what moved away go with it.
  for (const parent of parentsOf(from, delimiter)) {
    if (account.find(parent)?.noselect && !account.hasChildren(parent)) account.folders.delete(parent);
  }
  return ok('Rename completed.');
}

/** Renaming INBOX moves its mail and leaves an empty INBOX and its children (RFC 3501 section 6.3.5). */
function emptyInbox(account: Account, to: string): Outcome {
  const inbox = account.folder('INBOX');
  const target = account.addFolder(to);
  for (const message of inbox.messages) {
    target.add({ raw: message.raw, flags: [...message.flags], internalDate: message.internalDate });
  }
  inbox.expunge(...inbox.messages.map((message) => message.uid));
  return ok('Rename completed.');
}

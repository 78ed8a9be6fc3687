import { decodeName } from '../grammar/mutf7.js';
import { type Arg, textOf } from '../grammar/tokens.js';
import { folderName } from '../grammar/write.js';
import { no, type Outcome } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import type { Account } from '../store/account.js';
import type { Folder } from '../store/folder.js';
import { prefixes } from '../store/layout.js';
import { may } from '../store/rights.js';

export type Found =
  | { readonly kind: 'folder'; readonly path: string; readonly folder: Folder }
  | { readonly kind: 'refused'; readonly outcome: Outcome };

export type Named =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'refused'; readonly outcome: Outcome };

/** The account of a session that has logged in; the command table sees to that. */
export function accountOf(session: Session): Account {
  if (!session.account) throw new Error('the command table let a command through before login');
  return session.account;
}

/** The path that an argument names, decoded. Nothing has to be there. */
export function pathIn(session: Session, arg: Arg | undefined): Named {
  return pathOf(session, textOf(arg, 'mailbox name'));
}

export function pathOf(session: Session, text: string): Named {
  const path = decodeName(text);
  if (path === null) return { kind: 'refused', outcome: no('Mailbox name is not valid mUTF-7') };
  const account = accountOf(session);
  const name = account.nameOf(path);
  const known =
    name === 'INBOX' ||
    prefixes(account.layout).some(
      (prefix) => name.startsWith(prefix) || `${name}${account.layout.delimiter}` === prefix,
    );
  if (known) return { kind: 'path', path: name };
  const hint = `(Mailbox name should probably be prefixed with: ${account.layout.prefix})`;
  return { kind: 'refused', outcome: no(`Client tried to access nonexistent namespace. ${hint}`) };
}

/**
 * The folder that an argument names.
 * @param code put before the text when there is none: `[TRYCREATE] `, `[NONEXISTENT] ` or nothing
 */
export function folderIn(session: Session, arg: Arg | undefined, code: string): Found {
  const named = pathIn(session, arg);
  return named.kind === 'refused' ? named : folderAt(session, named.path, code);
}

export function folderAt(session: Session, path: string, code: string): Found {
  const folder = accountOf(session).find(path);
  // Whoever may not look a folder up is not told that it is there (RFC 4314 section 6).
  if (!folder || folder.noselect || !may(folder, 'l')) {
    return { kind: 'refused', outcome: no(`${code}Mailbox doesn't exist: ${folderName(path)}`) };
  }
  return { kind: 'folder', path, folder };
}

export const NO_PERMISSION: Outcome = no('[NOPERM] Permission denied');

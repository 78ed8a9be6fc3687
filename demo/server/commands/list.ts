import { matcher } from '../grammar/pattern.js';
import { folderName, quoted } from '../grammar/write.js';
import type { CommandTable } from '../session/command.js';
import { ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import { may } from '../store/rights.js';
import { accountOf } from './folder-argument.js';
import { type ListRequest, parseListRequest } from './list-request.js';
import { statusLine } from './status-items.js';

/** LIST (RFC 3501 section 6.3.8), extended (RFC 5258), with special-use and STATUS. */
export const LIST: CommandTable = {
  LIST: {
    kind: 'whole',
    state: 'authenticated',
    run: async (session, args) => {
      const request = parseListRequest(session, args);
      if (request.rootOnly) session.out.line(`* LIST (\\Noselect) ${quoted(session.house.settings.delimiter)} ""`);
      else await writeRows(session, request);
      return ok('List completed.');
    },
  },
};

async function writeRows(session: Session, request: ListRequest): Promise<void> {
  const account = accountOf(session);
  const { delimiter } = account.layout;
  const matchers = request.patterns.map((pattern) => matcher(pattern, delimiter));
  for (const path of candidates(session, request)) {
    if (!matchers.some((matches) => matches(path))) continue;
    const childInfo = request.recursive && hasSubscribedChild(session, path) ? ' (CHILDINFO ("SUBSCRIBED"))' : '';
    const subscribed = account.subscriptions.has(path);
    const folder = account.find(path);
    if (request.subscribedOnly && !subscribed && childInfo === '') continue;
    if (request.specialOnly && !folder?.specialUse) continue;
    session.out.line(
      `* LIST (${attributes(session, path, request).join(' ')}) ${quoted(delimiter)} ${folderName(path)}${childInfo}`,
    );
    if (request.status && folder && !folder.noselect && may(folder, 'r')) {
      session.out.line(statusLine(session, path, folder, request.status));
    }
    if (session.out.full) await session.out.flush();
  }
}

/** Folders that may be seen, and for SUBSCRIBED also names that are subscribed and gone (RFC 5258 section 3.4). */
function candidates(session: Session, request: ListRequest): readonly string[] {
  const account = accountOf(session);
  const seen = [...account.folders].filter(([, folder]) => may(folder, 'l')).map(([path]) => path);
  if (!request.subscribedOnly) return seen;
  return [...seen, ...[...account.subscriptions].filter((path) => !account.find(path))];
}

function attributes(session: Session, path: string, request: ListRequest): readonly string[] {
  const account = accountOf(session);
  const folder = account.find(path);
  const words: string[] = [];
  if (request.tellSubscribed && account.subscriptions.has(path)) words.push('\\Subscribed');
  if (!folder) words.push('\\NonExistent');
  else if (folder.noselect) words.push('\\Noselect');
  if (request.tellChildren) words.push(account.hasChildren(path) ? '\\HasChildren' : '\\HasNoChildren');
  if (request.tellSpecialUse && folder?.specialUse) words.push(folder.specialUse);
  return words;
}

function hasSubscribedChild(session: Session, path: string): boolean {
  const account = accountOf(session);
  const start = path + account.layout.delimiter;
  return [...account.subscriptions].some((name) => name.startsWith(start));
}

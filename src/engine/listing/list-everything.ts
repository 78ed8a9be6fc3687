import { type FolderStatus, parseStatus, statusItems } from '../imap/commands/status.js';
import { SHORT } from '../imap/connection/silence-limits.js';
import type { Tagged } from '../imap/connection/tagged.js';
import type { OnData } from '../imap/connection/wire.js';
import { isInbox } from '../imap/grammar/layout.js';
import type { Response } from '../imap/grammar/response-reader.js';
import { Refused } from '../imap/session/refused.js';
import type { Session } from '../imap/session/session.js';
import { type ListRow, readListRow, responseText, type UnreadableRow } from './list-row.js';
import { type Namespaces, NO_NAMESPACES, readNamespaces } from './namespaces.js';
import { RowBudget } from './too-many-names.js';
import { EVERYTHING, type NameTrials, type Tried } from './trials.js';

/** The result of the first flight of commands. */
export interface EverythingListed {
  /** The result of LIST of everything. */
  readonly list: Tried<Tagged>;
  readonly rows: readonly (ListRow | UnreadableRow)[];
  readonly subscriptions: readonly (ListRow | UnreadableRow)[];
  readonly statuses: Map<string, FolderStatus>;
  readonly namespaces: Namespaces;
  /** The answer to NAMESPACE that nobody can read; null: it was read, or not asked for. */
  readonly unreadableNamespace: UnreadableRow | null;
  /** Oddities, in an operator's words. */
  readonly notes: readonly string[];
}

/** Whether LIST tells the status of each folder by itself (RFC 5819). */
export function tellsStatus(capabilities: ReadonlySet<string>): boolean {
  return capabilities.has('LIST-EXTENDED') && capabilities.has('LIST-STATUS');
}

/** Lists an account without waiting in between. @throws ConnectionLost, Refused, TooManyNames */
export async function listEverything(session: Session, trials: NameTrials): Promise<EverythingListed> {
  const { wire, capabilities } = session;
  const extended = capabilities.has('LIST-EXTENDED');
  const rows: (ListRow | UnreadableRow)[] = [];
  const subscriptions: (ListRow | UnreadableRow)[] = [];
  const statuses = new Map<string, FolderStatus>();
  let namespaces = NO_NAMESPACES;
  let unreadableNamespace: UnreadableRow | null = null;

  const takeStatus = (response: Response) => {
    const row = parseStatus(response);
    if (row) statuses.set(isInbox(row.name) ? 'INBOX' : row.name, row.status);
    return row !== undefined;
  };
  const budget = new RowBudget(wire);
  const takeList = (response: Response) => {
    if (!budget.take(response)) return true;
    const row = readListRow(response);
    if (row) (/^\* LSUB/i.test(response.text) ? subscriptions : rows).push(row);
    return row !== undefined || takeStatus(response);
  };
  const takeNamespace = (response: Response) => {
    if (!/^\* NAMESPACE\b/i.test(response.text)) return false;
    const read = readNamespaces(response);
    if (read) namespaces = read;
    else unreadableNamespace = { kind: 'unreadable', row: responseText(response), why: 'it is no list of namespaces' };
    return true;
  };
  const wanted = ['SUBSCRIBED'];
  if (capabilities.has('SPECIAL-USE')) wanted.push('SPECIAL-USE');
  if (tellsStatus(capabilities)) wanted.push(`STATUS (${statusItems(capabilities)})`);
  const everything = `LIST "" "*"${extended ? ` RETURN (${wanted.join(' ')})` : ''}`;
  // All three are awaited together: the connection may drop under all of them, and none may be left without a listener.
  const [namespace, list, lsub] = await Promise.all([
    capabilities.has('NAMESPACE')
      ? trials.beside('NAMESPACE', () =>
          wire.command('NAMESPACE', ['NAMESPACE'], { onData: takeNamespace, patience: SHORT }),
        )
      : null,
    trials.askAll([EVERYTHING], (_, patience) => wire.command('LIST', [everything], { onData: takeList, patience })),
    extended ? null : askSubscriptions(session, trials, takeList),
  ]).catch((error: unknown) => {
    throw budget.because(error);
  });
  if (namespace?.kind === 'convicted')
    unreadableNamespace = { kind: 'unreadable', row: namespace.lastWords, why: 'the connection drops under NAMESPACE' };
  // Exchange answers so to the first command after a login that only seemed to succeed.
  else if (namespace && /authenticated but not connected/i.test(namespace.answer.line))
    throw new Refused(wire.side, 'NAMESPACE', namespace.answer.line);
  const notes = lsub?.kind === 'convicted' ? ['the connection drops under LSUB: subscriptions are not known'] : [];
  return { list: list.get(EVERYTHING)!, rows, subscriptions, statuses, namespaces, unreadableNamespace, notes };
}

/** Subscriptions, where LIST was not asked for them or is not believed. @throws ConnectionLost, TooManyNames */
export async function listSubscriptions(
  session: Session,
  trials: NameTrials,
): Promise<readonly (ListRow | UnreadableRow)[]> {
  const rows: (ListRow | UnreadableRow)[] = [];
  const budget = new RowBudget(session.wire);
  const take = (response: Response) => {
    if (!budget.take(response)) return true;
    const row = readListRow(response);
    if (row) rows.push(row);
    return row !== undefined;
  };
  await askSubscriptions(session, trials, take).catch((error: unknown) => {
    throw budget.because(error);
  });
  return rows;
}

/** Sends LSUB. @throws ConnectionLost */
function askSubscriptions({ wire }: Session, trials: NameTrials, onData: OnData): Promise<Tried<Tagged>> {
  return trials.beside('LSUB', () => wire.command('LSUB', ['LSUB "" "*"'], { onData, patience: SHORT }));
}

/** All names that rows may give to folders. */
export function namesOf(rows: readonly (ListRow | UnreadableRow)[]): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => (row.kind === 'unreadable' ? [] : row.spellings)));
}

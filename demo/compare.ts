import { createHash } from 'node:crypto';
import type { Account, Message } from './server/index.js';

/** The fate of one account's mail, counted at the servers themselves and not by the program that moved it. */
export interface Comparison {
  /** Messages that stand in the right folder with the same bytes, flags and date. */
  readonly same: number;
  /** `INBOX 20`: folder and UID at the source of what is not there so. */
  readonly missing: readonly string[];
  /** The same at the destination of what has no counterpart at the source: a double, or an altered message. */
  readonly extra: readonly string[];
}

/** How two accounts may differ. */
export interface Allowed {
  /** The destination's folder for one of the source; the same unless given. */
  readonly whereTo?: (path: string) => string;
  /** Whether a flag has to arrive in this folder of the destination; all unless given. */
  readonly counts?: (path: string, flag: string) => boolean;
}

/** Holds every message of one account against another's: as many equal ones here as there, no more and no fewer. */
export function compareAccounts(
  source: Account,
  destination: Account,
  { whereTo = (path) => path, counts = () => true }: Allowed = {},
): Comparison {
  const markOf = (path: string, message: Message) => mark(path, message, counts);
  const unmatched = new Map<string, string[]>();
  for (const [path, message] of messagesOf(destination)) {
    const seen = markOf(path, message);
    const there = unmatched.get(seen);
    if (there) there.push(`${path} ${message.uid}`);
    else unmatched.set(seen, [`${path} ${message.uid}`]);
  }
  let same = 0;
  const missing: string[] = [];
  for (const [path, message] of messagesOf(source)) {
    if (unmatched.get(markOf(whereTo(path), message))?.shift() === undefined) missing.push(`${path} ${message.uid}`);
    else same += 1;
  }
  return { same, missing, extra: [...unmatched.values()].flat() };
}

function* messagesOf(account: Account): Generator<readonly [path: string, message: Message]> {
  for (const [path, folder] of account.folders) for (const message of folder.messages) yield [path, message];
}

/** Everything that has to arrive with a message. */
function mark(path: string, { raw, flags, internalDate }: Message, counts: NonNullable<Allowed['counts']>): string {
  const bytes = createHash('sha256').update(raw).digest('base64');
  return JSON.stringify([path, bytes, internalDate, [...flags].filter((flag) => counts(path, flag)).sort()]);
}

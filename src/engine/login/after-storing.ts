import type { Session } from '../imap/session/session.js';
import { type Dialling, dial, loginOf } from './dialling.js';

/** The connections of an account's destination. */
interface DestinationSessions {
  readonly all: readonly Session[];
  /** Connections that write messages. */
  readonly writers: readonly Session[];
  /** The one that reads folders back. */
  readonly reading: Session;
}

/** `storing`: connections that write messages; `all`: also those that only had folders open. */
export type Ending = 'storing' | 'all';

/**
 * Ends connections that stored messages, and gives one that shows what the destination keeps when they are ended: the one
 * that reads back where it goes on, else a new one.
 *
 * @throws LoginFailed, CredentialMissing
 */
export async function sessionAfter(
  dialling: Dialling,
  ending: Ending,
  { all, writers, reading }: DestinationSessions,
): Promise<Session> {
  if (ending === 'storing' && !writers.includes(reading)) {
    await leave(writers);
    return reading;
  }
  const login = await loginOf(dialling, 'destination');
  const permit = dialling.place.instead('destination');
  await leave(all);
  return dial(dialling, 'destination', login, permit);
}

const leave = (sessions: readonly Session[]) => Promise.all(sessions.map(({ wire }) => wire.leave()));

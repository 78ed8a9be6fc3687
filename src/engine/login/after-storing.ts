import { LoginFailed } from '../imap/session/login-failed.js';
import type { Session } from '../imap/session/session.js';
import { type Dialling, dial, loginOf } from './dialling.js';

/** No new connection is let in now, in these words. Nothing is open any more. */
export interface LimitsLogins {
  readonly limit: string;
}

/** The connections of an account's destination. */
interface DestinationSessions {
  /** Connections that write messages. */
  readonly writers: readonly Session[];
  /** The one that reads folders back; it may be among them. */
  readonly reading: Session;
}

/** `storing`: connections that write messages; `all`: also those that only had folders open. */
export type Ending = 'storing' | 'all';

/**
 * Ends connections that stored messages, and gives one that shows what the destination keeps when they are ended: the one
 * that reads back where it goes on, else a new one.
 *
 * @throws LoginFailed where another reason than a limit refuses it, CredentialMissing
 */
export async function sessionAfter(
  dialling: Dialling,
  ending: Ending,
  { writers, reading }: DestinationSessions,
): Promise<Session | LimitsLogins> {
  if (ending === 'storing' && !writers.includes(reading)) {
    await leave(writers);
    return reading;
  }
  const login = await loginOf(dialling, 'destination');
  const permit = dialling.place.instead('destination');
  await leave([...new Set([...writers, reading])]);
  try {
    return await dial(dialling, 'destination', login, permit);
  } catch (error) {
    const failure = error instanceof LoginFailed ? dialling.read(error) : undefined;
    if (failure?.verdict.kind !== 'throttled') throw error;
    return { limit: failure.response };
  }
}

const leave = (sessions: readonly Session[]) => Promise.all(sessions.map(({ wire }) => wire.leave()));

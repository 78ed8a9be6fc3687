import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { userOn } from '../../store/batch/endpoints.js';
import { loginName } from '../../store/batch/login-name.js';
import type { Clock } from '../../words/clock.js';
import type { DayRange } from '../../words/days.js';
import type { Side } from '../../words/side.js';
import type { Permit, Place } from '../governor/governor.js';
import type { Readings } from '../imap/apart/readings.js';
import type { Caution } from '../imap/commands/append.js';
import type { UidValidities } from '../imap/commands/uid-validities.js';
import type { Pace } from '../imap/connection/paced-connection.js';
import type { Connect, Trust } from '../imap/connection/transport.js';
import type { Credentials } from '../imap/session/credentials.js';
import { LoginFailed } from '../imap/session/login-failed.js';
import { type Login, openSession, type Session } from '../imap/session/session.js';
import type { SideTrials } from '../listing/trials.js';
import type { PassFailure } from '../responses/pass-failure.js';
import type { KnownManners } from './known-manners.js';

/** How fast bytes move on each side; null: as they come. */
export type Paces = Readonly<Record<Side, Pace | null>>;

/** Everything that is needed to open connections. */
export interface Dialling {
  /** As the mailbox sees it. */
  readonly batch: Batch;
  readonly row: PlanRow;
  readonly credentials: Credentials;
  readonly trust: Readonly<Record<Side, Trust>>;
  readonly connect: Connect;
  readonly clock: Clock;
  /** Sides whose token was refused as expired: their command is run again. */
  readonly renew: ReadonlySet<Side>;
  /** The right to connect; asked before each connection. */
  readonly place: Place;
  /** Connections a side bears for one mailbox; 1 once it has refused a second. */
  readonly most: Readonly<Record<Side, number>>;
  /** Reads how a connection ended, or how it was refused. */
  readonly read: (error: LoginFailed) => PassFailure | undefined;
  readonly onNotice: (side: Side, line: string) => void;
  readonly manners: KnownManners;
  readonly paces: Paces;
  /** How the destination is written to, by what was learned of it in this run. */
  readonly caution: Caution;
  /** A server turned out to serve one command at a time, and nobody knew. */
  readonly onOneAtATime: (side: Side) => void;
  /** The days of which messages are copied. */
  readonly days: DayRange;
  /** Names of the source folders that earlier passes opened; empty before the first: INBOX is scanned at once then. */
  readonly past: ReadonlySet<string>;
  /** Names under which connections dropped in this run. */
  readonly trials: Readonly<Record<Side, SideTrials>>;
  /** UIDVALIDITY of folders, as this run saw it. */
  readonly uidValidities: Readonly<Record<Side, UidValidities>>;
  /** Messages with which folders cannot be read, as this run found out. */
  readonly readings: Readonly<Record<Side, Readings>>;
  /** Whether a step of a folder (by wire name) broke a connection in this run. */
  readonly isSuspected: (side: Side, folder: string) => boolean;
  /** Drops what is under way. */
  readonly drop: AbortSignal;
}

/** A connection that a mailbox can do without was refused. */
export interface RefusedExtra {
  readonly side: Side;
  /** `it takes one`: it will be refused again; `throttled`: the governor knows when to ask for it again. */
  readonly why: 'it takes one' | 'throttled';
  readonly response: string;
}

/** The connection that nothing goes without. @throws LoginFailed */
export function dialFirst(dialling: Dialling, side: Side, login: Login): Promise<Session> {
  const permit = dialling.place.connection(side);
  if (!permit) throw new Error('unreachable: the first connection is in the place');
  return dial(dialling, side, login, permit);
}

/**
 * One beside the first.
 *
 * @param after  it connects at once, and logs in when this resolves
 * @returns null where the endpoint has no room for it
 */
export async function dialExtra(
  dialling: Dialling,
  side: Side,
  login: Login,
  after?: Promise<unknown>,
): Promise<Session | RefusedExtra | null> {
  const permit = dialling.most[side] > 1 ? dialling.place.connection(side) : null;
  if (!permit) return null;
  try {
    return await dial(dialling, side, login, permit, after);
  } catch (error) {
    if (!(error instanceof LoginFailed)) throw error;
    const failure = dialling.read(error);
    return {
      side,
      why: failure?.verdict.kind === 'throttled' ? 'throttled' : 'it takes one',
      response: failure?.response ?? error.message,
    };
  }
}

/** One connection, and what became of it told to the governor. @throws LoginFailed */
export async function dial(
  dialling: Dialling,
  side: Side,
  login: Login,
  permit: Permit,
  after?: Promise<unknown>,
): Promise<Session> {
  try {
    const session = await openSession({
      side,
      endpoint: dialling.batch[side],
      trust: dialling.trust[side],
      login,
      connect: dialling.connect,
      clock: dialling.clock,
      onNotice: (line: string) => dialling.onNotice(side, line),
      signal: dialling.drop,
      manners: dialling.manners.of(side, dialling.row),
      flights: dialling.manners.flightsOf(side, dialling.row),
      ...(dialling.paces[side] ? { pace: dialling.paces[side] } : {}),
      onOneAtATime: () => {
        if (dialling.manners.learn(side, dialling.row, { flow: 'one at a time' })) dialling.onOneAtATime(side);
      },
      onStood: (stood) => {
        if (dialling.manners.hears(side, dialling.row, stood, dialling.clock.monotonic())) dialling.onOneAtATime(side);
      },
      ...(after ? { after } : {}),
    });
    permit.reached();
    void session.wire.closed.then(permit.closed);
    return session;
  } catch (error) {
    const failure = error instanceof LoginFailed ? dialling.read(error) : undefined;
    if (failure && !dialling.drop.aborted)
      permit.refused(failure, error instanceof LoginFailed && error.line !== null ? 'server' : 'nobody');
    permit.closed();
    throw error;
  }
}

export async function loginOf({ batch, row, credentials, renew }: Dialling, side: Side): Promise<Login> {
  const credential = await credentials.get(side, row, renew.has(side));
  return { ...loginName(batch[side], row, userOn(side, row)), credential };
}

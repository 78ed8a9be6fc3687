import type { ImapFlow, ImapFlowOptions } from 'imapflow';
import type { Endpoint } from '../../../store/batch/batch.js';
import type { Clock } from '../../../words/clock.js';
import { loadOnce } from '../../../words/load-once.js';
import type { Side } from '../../../words/side.js';
import { knownServer } from '../../profiles/find.js';
import { type Manners, ORDINARY_MANNERS } from '../../profiles/manners.js';
import type { KnownServer } from '../../profiles/profile.js';
import type { Flights, StoodFate } from '../connection/flow-doubts.js';
import { type Pace, PacedConnection } from '../connection/paced-connection.js';
import { redactorFor } from '../connection/redact-secret.js';
import { CONNECTING, LOGGING_IN } from '../connection/silence-limits.js';
import { type Connect, Door, type Trust } from '../connection/transport.js';
import { Wire } from '../connection/wire.js';
import type { LiteralWay } from '../grammar/piece.js';
import type { Credential } from './credentials.js';
import { firstFlight } from './first-flight.js';
import { type Executes, respondAtOnce } from './initial-response.js';
import { boundLogin } from './login-bounds.js';
import { LoginFailed } from './login-failed.js';

/** The user who logs in, and the mailbox that the session acts as. */
export interface Login {
  readonly user: string;
  /** The authorization identity of SASL PLAIN (RFC 4616), which names the mailbox to act as; null: the user's own. */
  readonly authzid: string | null;
  readonly credential: Credential;
}

export interface SessionOptions {
  readonly side: Side;
  readonly endpoint: Endpoint;
  readonly trust: Trust;
  readonly login: Login;
  readonly connect: Connect;
  /** The login waits for this promise, and the connection does not: a wrong password is then tried once. */
  readonly after?: Promise<unknown>;
  /** Gives up a login that is under way. */
  readonly signal?: AbortSignal;
  readonly clock: Clock;
  readonly onNotice: (line: string) => void;
  /** Most milliseconds of silence that end the connection while an answer is due. */
  readonly patience?: number;
  /** The server's habits, as other connections learned them; ordinary unless given. */
  readonly manners?: Manners;
  /** The pace of bytes from the login on; unlimited unless given. */
  readonly pace?: Pace;
  /** `refused`: the session is only to look, and sends no command that may change something. */
  readonly changes?: 'refused';
  /** Of the server, as other connections learned it; in doubt unless given. */
  readonly flights?: Flights;
  /** The server turned out to serve one command at a time. */
  readonly onOneAtATime?: () => void;
  readonly onStood?: (stood: StoodFate) => void;
}

/** A logged-in connection and what the server can do. */
export interface Session {
  readonly wire: Wire;
  readonly capabilities: ReadonlySet<string>;
  readonly greeting: string;
  /** SHA-256 of the server's certificate, in hex; null: the line is in clear. */
  readonly certificate: string | null;
  /** The server's name; '' where it gives none. Never rejects. */
  readonly software: Promise<string>;
  /** The server by its profile, once it has named itself. Never rejects. */
  readonly known: Promise<KnownServer>;
}

/** Milliseconds for which a server is heard out after its farewell. */
const HEARD_OUT = 250;

/** Parts of imapflow that its types leave out and we rely on; test/engine/imap/imapflow-contract.test.ts checks each. */
interface Insides extends Executes {
  commands: Map<string, (...args: unknown[]) => Promise<unknown>>;
  greeting?: string;
  authCapabilities: Map<string, boolean>;
  clearSocketHandlers(): void;
  initialPREAUTH(): Promise<void>;
  serverBye(parsed: unknown): Promise<void>;
}

/**
 * Connects and logs in, then takes the socket from imapflow. imapflow's own ID and NAMESPACE are left out, which cost a
 * round trip each (ID twice). ID goes first on the connection, without a wait, and the listing sends NAMESPACE together
 * with LIST.
 *
 * @throws LoginFailed with the side, the server's line where it gave one, and the cause
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { login, side } = options;
  const { ImapFlow } = await loadImapflow();
  if (options.signal?.aborted) throw new LoginFailed(side, null, false, 'stopped');
  const door = new Door(options.connect, options.trust, options.after);
  const { credential } = login;
  const redact = redactorFor((credential.kind === 'token' ? credential.token : credential.password).reveal());
  const lines: string[] = [];
  const client = new ImapFlow(clientOptions(options, door, lines));
  const insides = client as unknown as Insides;
  if (credential.kind === 'password')
    respondAtOnce(insides, { ...login, password: () => credential.password.reveal() });
  await logIn(options, { client, insides, door, lines, redact });
  if (login.authzid !== null && insides.authCapabilities.get('AUTH=PLAIN') !== true) {
    client.close();
    throw new LoginFailed(
      side,
      null,
      false,
      'the server did not log in by AUTH=PLAIN, so it would have opened the admin’s own mailbox',
    );
  }
  const socket = door.socket;
  if (!socket || socket.destroyed)
    throw new LoginFailed(
      side,
      redact(lines.at(-1) ?? '') || null,
      false,
      'the connection was dropped right after login',
    );
  const capabilities = new Set(
    [...client.capabilities].map(([name, value]) =>
      (typeof value === 'number' ? `${name}=${value}` : name).toUpperCase(),
    ),
  );
  insides.clearSocketHandlers();
  socket.unpipe();
  socket.setTimeout(0);
  const { flow, ...saysItsName } = options.manners ?? ORDINARY_MANNERS;
  const line = options.pace ? new PacedConnection(socket, options.pace) : null;
  const wire = new Wire(line ?? socket, {
    side,
    clock: options.clock,
    literals: literalWay(capabilities),
    onNotice: (line) => options.onNotice(redact(line)),
    flow,
    ...(line === null ? {} : { isPaced: () => line.isWaiting }),
    ...(options.patience === undefined ? {} : { patience: options.patience }),
    ...(options.changes === undefined ? {} : { changes: options.changes }),
    ...(options.flights ? { flights: options.flights } : {}),
    ...(options.onOneAtATime ? { onOneAtATime: options.onOneAtATime } : {}),
    ...(options.onStood ? { onStood: options.onStood } : {}),
  });
  const software = firstFlight(wire, capabilities, saysItsName);
  const { host, limits } = options.endpoint;
  const greeting = insides.greeting ?? '';
  const known = software.then((id) => knownServer(limits, { host, greeting, id, capabilities }));
  return { wire, capabilities, greeting, certificate: door.certificate?.fingerprint ?? null, software, known };
}

/** @param lines  filled with what the server says until it has let us in */
function clientOptions({ endpoint, login }: SessionOptions, door: Door, lines: string[]): ImapFlowOptions {
  const { credential } = login;
  return {
    host: endpoint.host,
    port: endpoint.port,
    secure: endpoint.security === 'tls',
    ...(endpoint.security === 'tls' ? {} : { doSTARTTLS: endpoint.security === 'starttls' }),
    transport: door,
    auth: {
      user: login.user,
      ...(credential.kind === 'token'
        ? { accessToken: credential.token.reveal() }
        : { pass: credential.password.reveal() }),
      ...(login.authzid === null ? {} : { authzid: login.authzid, loginMethod: 'AUTH=PLAIN' as const }),
    },
    disableAutoIdle: true,
    disableCompression: true,
    disableAutoEnable: true,
    connectionTimeout: CONNECTING,
    greetingTimeout: CONNECTING,
    socketTimeout: LOGGING_IN,
    logger: {
      debug: (entry: unknown) => keepServerLine(lines, entry),
      info: () => {},
      warn: () => {},
      error: () => {},
    },
  };
}

interface LoggingIn {
  readonly client: ImapFlow;
  readonly insides: Insides;
  readonly door: Door;
  readonly lines: readonly string[];
  /** Takes the secret out of a text. */
  readonly redact: (text: string) => string;
}

/** @throws LoginFailed */
async function logIn(
  { endpoint, login, side, signal, clock, after }: SessionOptions,
  { client, insides, door, lines, redact }: LoggingIn,
): Promise<void> {
  insides.commands.set('ID', async () => ({ name: '', skipped: '' }));
  insides.commands.set('NAMESPACE', async () => false);
  // After its farewell a server may still answer a command, and name the limit that it keeps. So it is heard out.
  const bye = insides.serverBye.bind(client);
  let isLeaving = false;
  insides.serverBye = async (parsed) => {
    isLeaving = true;
    void clock.sleep(HEARD_OUT).then(() => bye(parsed));
  };
  let isLetIn = false;
  // A server that lets everybody into one account would give every mailbox that account's mail.
  if (!endpoint.preauth) {
    insides.initialPREAUTH = async () => {
      isLetIn = true;
      door.socket?.destroy();
    };
  }
  let last: Error | null = null;
  client.on('error', (error: Error) => {
    last = error;
  });
  client.on('close', () => {});
  const giveUp = () => door.socket?.destroy(new Error('stopped'));
  signal?.addEventListener('abort', giveUp, { once: true });
  const over = new AbortController();
  boundLogin(() => door.socket, clock, over.signal, after);
  try {
    await client.connect();
    // A farewell ends a session that it begins, whatever was answered meanwhile.
    if (isLeaving) throw new Error('the server said goodbye before anybody had logged in');
  } catch (error) {
    door.socket?.destroy();
    if (isLetIn) throw LoginFailed.notAsked(side);
    const said = lines.length > 0 ? untilFarewell(lines) : [door.saidEarly.trimEnd()].filter((early) => early !== '');
    const during = insides.greeting === undefined ? 'connect' : 'login';
    throw LoginFailed.from(side, error, last, said, login.credential.kind, during, redact);
  } finally {
    over.abort();
    signal?.removeEventListener('abort', giveUp);
  }
}

/** imapflow, loaded at the first login: it takes as long to load as all the rest of an engine. */
export const loadImapflow = loadOnce(() => import('imapflow'));

function literalWay(capabilities: ReadonlySet<string>): LiteralWay {
  if (capabilities.has('LITERAL+')) return 'plus';
  return capabilities.has('LITERAL-') ? 'minus' : 'sync';
}

/** The lines up to a farewell, with the refusal behind it; all of them where there is none. */
function untilFarewell(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => /^\* BYE\b/i.test(line));
  if (at < 0) return lines;
  return lines.slice(0, /^\S+ (?:NO|BAD)\b/i.test(lines[at + 1] ?? '') ? at + 2 : at + 1);
}

/** Keeps the lines that imapflow read. It logs each with `src: 's'`, without secrets and bodies. */
function keepServerLine(lines: string[], entry: unknown): void {
  if (typeof entry !== 'object' || entry === null || !('src' in entry) || entry.src !== 's') return;
  if (!('msg' in entry) || typeof entry.msg !== 'string') return;
  lines.push(entry.msg.slice(0, 4096));
  if (lines.length > 8) lines.shift();
}

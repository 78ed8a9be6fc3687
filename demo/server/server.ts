import { once, setMaxListeners } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { COMMANDS } from './commands/table.js';
import { type ServerOptions, type Settings, settingsOf } from './options.js';
import { CommandLog } from './session/command-log.js';
import { FaultDesk } from './session/fault-desk.js';
import type { House } from './session/house.js';
import { serve } from './session/serve.js';
import { Session } from './session/session.js';
import { Accounts } from './store/accounts.js';
import type { Layout } from './store/layout.js';
import { memoryLine } from './wire/memory-line.js';
import { Wire } from './wire/wire.js';

const HOST = '127.0.0.1';
/** Servers are told apart by it; it is counted up for each folder, so that none is like another. */
const FIRST_UID_VALIDITY = 1_700_000_000;

/** How a client comes in: as over TLS that somebody else ended, in clear (it may STARTTLS), or with TLS from the first byte. */
export type Entrance = 'secured' | 'plain' | 'tls';

/** A running server. */
export interface ImapServer {
  readonly host: string;
  /** In clear, with STARTTLS; 0 when not opened. */
  readonly port: number;
  /** TLS from the first byte; 0 when not opened. */
  readonly tlsPort: number;
  /** PEM of its certificate, to be trusted by tests. */
  readonly cert: string;
  readonly accounts: Accounts;
  /** The commands that clients sent, without the bytes of literals and without secrets. */
  readonly commandLog: readonly string[];
  /** Connections open now. */
  readonly connections: number;
  /** Connections ever opened. */
  readonly connectionsEver: number;
  /** The most that were open at one time. */
  readonly connectionsPeak: number;
  /** A connection without a socket; `secured` unless said. */
  connect(entrance?: Entrance): Duplex;
  /** Drops all connections and closes the ports. What was to be committed late is lost. */
  stop(): Promise<void>;
}

export async function startImapServer(options: ServerOptions = {}): Promise<ImapServer> {
  const settings = settingsOf(options);
  const accounts = new Accounts(
    layoutOf(settings),
    options.accounts ?? {},
    options.anyUser ?? null,
    options.everyAccount ?? {},
  );
  const stopping = new AbortController();
  // Each line under way and each late commit listens: many are no leak, and no warning for the demo's terminal.
  setMaxListeners(0, stopping.signal);
  const sessions = new Set<Session>();
  const log = new CommandLog();
  let context: SecureContext | null = null;
  const house: House = {
    settings,
    accounts,
    log,
    sessions,
    desk: new FaultDesk(settings.fault),
    signal: stopping.signal,
    // Made at the first use: most servers of tests never need it.
    secureContext: () => (context ??= createSecureContext({ ...settings.certificate })),
  };
  let ever = 0;
  let peak = 0;

  /** Of all lines, also of those that ended before they had spoken TLS: half open they would never close. */
  const streams = new Set<Duplex>();
  const admit = (stream: Duplex, entrance: Entrance): void => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
    ever += 1;
    const number = ever;
    const line =
      entrance === 'tls' ? new TLSSocket(stream, { isServer: true, secureContext: house.secureContext() }) : stream;
    const wire: Wire = new Wire(line, {
      clock: settings.clock,
      latencyMs: settings.latencyMs,
      signal: stopping.signal,
      watch: (direction, from, to) => house.desk.atBytes(number, session.account?.user ?? null, direction, from, to),
    });
    const session: Session = new Session(number, wire, house, entrance !== 'plain');
    sessions.add(session);
    peak = Math.max(peak, sessions.size);
    void serve(session, COMMANDS).finally(() => sessions.delete(session));
  };

  const wanted = {
    plain: settings.listen === 'both' || settings.listen === 'plain',
    tls: settings.listen === 'both' || settings.listen === 'tls',
  };
  const doors: Server[] = [];
  const port = wanted.plain ? await open(doors, (stream) => admit(stream, 'plain')) : 0;
  const tlsPort = wanted.tls ? await open(doors, (stream) => admit(stream, 'tls')) : 0;

  return {
    host: HOST,
    port,
    tlsPort,
    cert: settings.certificate.cert,
    accounts,
    commandLog: log.lines,
    get connections() {
      return sessions.size;
    },
    get connectionsEver() {
      return ever;
    },
    get connectionsPeak() {
      return peak;
    },
    connect(entrance = 'secured') {
      const { client, server } = memoryLine();
      if (stopping.signal.aborted) client.destroy();
      else admit(server, entrance);
      return client;
    },
    async stop() {
      stopping.abort();
      for (const session of sessions) {
        session.wire.break();
        session.wire.destroy();
      }
      for (const stream of streams) stream.destroy();
      await Promise.all(doors.map((door) => new Promise((resolve) => door.close(resolve))));
    },
  };
}

async function open(doors: Server[], admit: (stream: Duplex) => void): Promise<number> {
  // Half open: a client that ends its side still gets the answers to what it sent.
  const door = createServer({ allowHalfOpen: true, noDelay: true }, admit);
  door.listen(0, HOST);
  await once(door, 'listening');
  doors.push(door);
  return (door.address() as AddressInfo).port;
}

function layoutOf(settings: Settings): Layout {
  let uidValidity = FIRST_UID_VALIDITY;
  return {
    delimiter: settings.delimiter,
    prefix: settings.prefix,
    others: settings.otherUsers,
    shared: settings.shared,
    specialFolders: settings.specialFolders,
    messages: settings.capabilities.has('X-GM-EXT-1') ? 'by label' : 'by folder',
    newUidValidity: () => {
      uidValidity += 1;
      return uidValidity;
    },
    now: () => settings.clock.now(),
  };
}

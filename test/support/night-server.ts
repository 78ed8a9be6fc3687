import type { Duplex } from 'node:stream';
import {
  type Account,
  type CommandEvent,
  type Entrance,
  type FaultEvent,
  type ImapServer,
  type Rule,
  type ServerOptions,
  startImapServer,
} from '../../demo/server/index.js';
import type { Side } from '../../src/words/side.js';
import type { NightClock } from './night-clock.js';
import type { Mail } from './odd-mail.js';

/** A command that the server was sent, and when. */
export interface Seen extends Omit<CommandEvent, 'at'> {
  /** Milliseconds since the epoch, of the night. */
  readonly when: number;
}

/** All that may be said to a source, and to a destination. */
const ALLOWED: Readonly<Record<Side, RegExp>> = {
  source:
    /^(?:CAPABILITY|NOOP|LOGIN|AUTHENTICATE|STARTTLS|ID|NAMESPACE|LIST|LSUB|STATUS|EXAMINE|UID FETCH|UID SEARCH|UNSELECT|LOGOUT)$/,
  destination:
    /^(?:CAPABILITY|NOOP|LOGIN|AUTHENTICATE|STARTTLS|ID|NAMESPACE|LIST|LSUB|STATUS|EXAMINE|SELECT|UID FETCH|UID SEARCH|UNSELECT|LOGOUT|APPEND|CREATE|SUBSCRIBE|UID STORE|UID COPY)$/,
};

/** One of the two servers of a night: what is in it, what goes wrong with it, what it was sent. */
export class NightServer {
  readonly commands: Seen[] = [];
  /** When each connection came, by its number less one. */
  readonly connectedAt: number[] = [];
  #rules: readonly Rule[] = [];
  #watchers: ((event: FaultEvent) => void)[] = [];
  #server!: ImapServer;

  static async start(side: Side, clock: NightClock, options: ServerOptions): Promise<NightServer> {
    const night = new NightServer(side, clock);
    night.#server = await startImapServer({
      listen: 'memory',
      clock,
      ...options,
      fault: (event) => night.#happens(event),
    });
    return night;
  }

  private constructor(
    readonly side: Side,
    private readonly clock: NightClock,
  ) {}

  get server(): ImapServer {
    return this.#server;
  }

  connect(entrance: Entrance): Duplex {
    return this.#server.connect(entrance);
  }

  account(user: string): Account {
    return this.#server.accounts.get(user);
  }

  fill(user: string, mail: Mail): void {
    const account = this.account(user);
    const { delimiter, prefix } = account.layout;
    for (const [path, messages] of Object.entries(mail)) {
      const name = path === 'INBOX' ? path : prefix + path.replaceAll('/', delimiter);
      const folder = account.find(name) ?? account.addFolder(name, { subscribed: true });
      if (folder.noselect) folder.noselect = false;
      for (const message of messages) folder.add(message);
    }
  }

  /** From now on these go wrong, the first that fits; they take the place of what went wrong before. */
  goesWrong(...rules: readonly Rule[]): void {
    this.#rules = rules;
  }

  isWell(): void {
    this.#rules = [];
  }

  /** Tells of everything that happens, before it does. */
  watch(watcher: (event: FaultEvent) => void): void {
    this.#watchers.push(watcher);
  }

  /** Commands of this name, of all accounts or one. */
  sent(command: string, account?: string): Seen[] {
    return this.commands.filter(
      (seen) => seen.command === command && (account === undefined || seen.account === account),
    );
  }

  forget(): void {
    this.commands.length = 0;
    this.connectedAt.length = 0;
  }

  #happens(event: FaultEvent): ReturnType<Rule> {
    this.clock.moved();
    if (event.at === 'connect') this.connectedAt.push(this.clock.now());
    if (event.at === 'command') {
      const { at: _, ...seen } = event;
      this.commands.push({ ...seen, when: this.clock.now() });
    }
    for (const watcher of this.#watchers) watcher(event);
    for (const rule of this.#rules) {
      const fault = rule(event);
      if (fault) return fault;
    }
    return undefined;
  }

  /** @throws Error when something was said that must never be said on this side */
  checkManners(): void {
    for (const { command, args } of this.commands) {
      const bad =
        !ALLOWED[this.side].test(command) ||
        (command === 'UID FETCH' && /BODY\[|BINARY\[|RFC822(?!\.SIZE)/.test(args)) ||
        (command === 'UID STORE' && !/^\S+ \+FLAGS/.test(args));
      if (bad) throw new Error(`never to be said to the ${this.side}: ${command} ${args}`);
    }
  }
}

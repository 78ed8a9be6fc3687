import type { Capability } from '../capabilities.js';
import { advertised } from '../capabilities.js';
import { BadCommand, BadLiteral, LineGone } from '../grammar/bad-command.js';
import { LITERAL_MINUS_LIMIT, type LiteralSign, type Segment, segmentOf, signText } from '../grammar/literal.js';
import type { Account } from '../store/account.js';
import { Outbox } from '../wire/outbox.js';
import type { Wire } from '../wire/wire.js';
import type { House } from './house.js';
import type { Selection } from './selection.js';

/** Bytes of one line, as much as clients need for their longest sets. */
export const LONGEST_LINE = 64 * 1024;

/** One connection: who it is, what it has selected, and how it reads and writes. */
export class Session {
  readonly out: Outbox;
  account: Account | null = null;
  selection: Selection | null = null;
  /** The client uses CONDSTORE: rows of changed flags carry MODSEQ (RFC 7162 section 3.1). */
  condstore = false;
  /** It asked for the capabilities before login, and is told them again after it in an untagged line, as Dovecot does. */
  askedCapability = false;
  /** Commands that were refused. */
  refusals = 0;
  /** A fault: the connection drops when the command at hand has everything it needs to be done. */
  dropBeforeDoing = false;
  /** Adds to the command's line in the log. */
  note: (more: string) => void = () => {};

  constructor(
    readonly number: number,
    readonly wire: Wire,
    readonly house: House,
    public encrypted: boolean,
  ) {
    this.out = new Outbox(wire);
    wire.reader.beforeWaiting = () => this.out.flush();
  }

  has(capability: Capability): boolean {
    return this.house.settings.capabilities.has(capability);
  }

  capabilities(): string {
    const { settings } = this.house;
    return advertised(settings.capabilities, {
      loggedIn: this.account !== null,
      encrypted: this.encrypted,
      loginNeedsTls: settings.loginNeedsTls === 'yes',
      appendLimit: settings.appendLimit,
    });
  }

  /** The rest of a command's line after a literal. @throws LineGone */
  async nextSegment(): Promise<Segment> {
    const line = await this.wire.reader.line(LONGEST_LINE);
    if (line.kind === 'end') throw new LineGone();
    if (line.kind === 'too-long') throw new BadLiteral('Too long argument');
    const segment = segmentOf(line.text);
    this.note(segment.text + (segment.literal ? signText(segment.literal) : ''));
    return segment;
  }

  /** Whether this literal may come at all. @throws BadLiteral, BadCommand */
  check(literal: LiteralSign): void {
    if (literal.binary && !this.has('BINARY')) throw new BadCommand('Unknown literal8');
    if (literal.waits || this.has('LITERAL+')) return;
    if (this.has('LITERAL-') && literal.size <= LITERAL_MINUS_LIMIT) return;
    throw new BadLiteral('Non-synchronizing literal is not allowed');
  }

  /** Lets the client send the literal, and reads it. @throws LineGone */
  async readLiteral(literal: LiteralSign): Promise<Buffer> {
    if (literal.waits) this.out.line('+ OK');
    const bytes = await this.wire.reader.bytes(literal.size);
    if (!bytes) throw new LineGone();
    return bytes;
  }

  /** Throws a literal away that the client sends without waiting. @throws LineGone */
  async skipLiteral(literal: LiteralSign): Promise<void> {
    if (!(await this.wire.reader.skip(literal.size))) throw new LineGone();
  }

  /** Asks the client for a line of its own, as AUTHENTICATE does. @throws LineGone */
  async ask(prompt: string): Promise<string> {
    this.out.line(`+ ${prompt}`);
    const line = await this.wire.reader.line(LONGEST_LINE);
    if (line.kind !== 'line') throw new LineGone();
    return line.text;
  }

  /** @param ms on the server's clock */
  async sleep(ms: number): Promise<void> {
    await this.out.flush();
    await this.house.settings.clock.sleep(ms, this.house.signal);
    if (this.house.signal.aborted) throw new LineGone();
  }

  /**
   * To be called when everything for a command has been received and nothing has been done: the
   * place where a connection drops with the outcome unknown, and where late commits wait.
   * @throws LineGone when the server was stopped meanwhile
   */
  async beforeDoing(): Promise<void> {
    const { lateMs, clock } = this.house.settings;
    if (this.dropBeforeDoing) await this.dropLine();
    const { lostAt } = this.wire;
    if (lostAt !== null && lateMs !== null) {
      const wait = lostAt + lateMs - clock.now();
      if (wait > 0) await this.sleep(wait);
    }
  }

  /** The server drops the line. What it had received and not begun is lost, unless it commits late. */
  async dropLine(): Promise<void> {
    await this.out.flush();
    if (this.house.settings.lateMs === null) this.wire.reader.truncate(0);
    this.wire.break();
  }
}

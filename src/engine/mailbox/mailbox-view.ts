import type {
  Instant,
  LineEntity,
  MailboxEntity,
  MailboxState,
  ProviderEntity,
  StateChange,
} from '../../protocol/entities.js';
import { NO_RATE } from '../../protocol/entities.js';
import { bytesLeftBy } from '../../protocol/figures.js';
import { serversOf } from '../../protocol/show-endpoint.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { Endpoints } from '../../store/batch/endpoints.js';
import type { Look } from '../../store/looks/looks.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import type { Clock } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import type { FolderLeft } from '../account/ending-of-mailbox.js';
import { etaOf, RateMeter } from '../eta/rate-meter.js';
import type { Session } from '../imap/session/session.js';
import { passwordAskedBefore } from './asked-password.js';
import type { Effect, Life, LifeEvent, Phase } from './life/life.js';
import { step } from './life/lifecycle.js';
import { lifeOf, passwordAskedOf, stateOf } from './life/state-of-life.js';
import { type Doing, foldersOf, mailboxEntity, sizesOf } from './mailbox-entity.js';
import { type FolderTally, sumCounts } from './pass/tally.js';
import { Traffic } from './traffic.js';

/** States that are kept of a mailbox's past. */
const HISTORY = 20;

const isMissing = ({ counts }: FolderTally) => counts.left > 0;

export interface ViewParts {
  readonly row: PlanRow;
  readonly record: MailboxRecord;
  /** The trouble of the mailbox, with the letter to the provider. */
  readonly trouble: { readonly provider: ProviderEntity | null };
  readonly world: {
    readonly batch: Endpoints;
    readonly clock: Clock;
    readonly onChange: (row: PlanRow) => void;
    /** Its size by an early look; null: nobody looked. */
    readonly look: (row: PlanRow) => Pick<Look, 'messages' | 'bytes'> | null;
  };
}

/** The published side of one mailbox: its state, its work, its speed. */
export class MailboxView {
  /** Measures messages a second. */
  readonly #meter = new RateMeter();
  readonly #traffic = new Traffic();
  readonly #history: StateChange[] = [];
  #life: Life;
  #sessions: readonly Session[] = [];
  #folder: string | null = null;
  #tallies: readonly FolderTally[] = [];
  #lastResponse: MailboxEntity['lastResponse'] = null;
  /** Begin of its first attempt in any run, and of its last. */
  #startedAt: Instant | null;
  #endedAt: Instant | null;

  constructor(private readonly parts: ViewParts) {
    const { state, passes, trouble } = parts.record.data;
    this.#life = lifeOf(state, passwordAskedBefore(state, trouble));
    this.#startedAt = passes[0]?.startedAt ?? null;
    this.#endedAt = passes.at(-1)?.endedAt ?? null;
  }

  get life(): Life {
    return this.#life;
  }

  get state(): MailboxState {
    return stateOf(this.#life);
  }

  /** Takes the mailbox through an event, shows how it stands then, and says what is to be done. */
  tell(event: LifeEvent): readonly Effect[] {
    const before = this.state;
    const { life, effects } = step(this.#life, event, this.#now());
    // A batch that ends tells all of its mailboxes again and again. A mailbox that stays as it is publishes nothing:
    // there may be 50,000.
    if (life === this.#life) return effects;
    this.#life = life;
    const state = stateOf(life);
    if (state.kind !== before.kind) this.#remember(state);
    this.parts.record.data.state = state;
    this.#changed();
    return effects;
  }

  get isAtWork(): boolean {
    return this.#life.at === 'work';
  }

  get tallies(): readonly FolderTally[] {
    return this.#tallies;
  }

  set tallies(tallies: readonly FolderTally[]) {
    this.#tallies = tallies;
    this.#changed();
  }

  /** The side whose password is asked for; null: none is. */
  get asksPassword(): Side | null {
    return passwordAskedOf(this.#life);
  }

  /** The clock on the wall was set. @param by  milliseconds */
  clockSet(by: number): void {
    if (this.#startedAt !== null) this.#startedAt += by;
    this.#changed();
  }

  begins(): void {
    this.#startedAt ??= this.#now();
    this.#endedAt = null;
    this.#changed();
  }

  ends(at: Instant): void {
    this.#endedAt = at;
  }

  /** The mailbox is no longer in a folder. */
  leaves(): void {
    this.#folder = null;
    this.#changed();
  }

  /** Grows with everything useful that moves on its connections. */
  get progress(): number {
    return this.#sessions.reduce((sum, { wire }) => sum + wire.progress, this.#sessions.length);
  }

  connected(sessions: readonly Session[]): void {
    this.#sessions = sessions;
    this.#traffic.connected(sessions);
  }

  turnsTo(phase: Phase, folder: string | null): void {
    // Folders overlap: one is read back while another still arrives. That changes nothing of the state that is shown.
    if (phase === 'verifying' && this.state.kind === 'copying' && this.#tallies.some(isMissing)) return;
    this.#folder = folder;
    this.tell({ kind: 'turned', phase });
  }

  /**
   * Folders overlap: the next one is asked for while the last one still arrives and one before it is read back.
   * The folder that is shown is the one in which messages arrive.
   */
  arrivesIn(folder: string): void {
    this.#folder = folder;
    if (this.state.kind === 'verifying') this.tell({ kind: 'turned', phase: 'copying' });
  }

  /** @param text  a response line, as it came */
  heard(side: Side, text: string): void {
    this.#lastResponse = { side, text, at: this.#now() };
  }

  /** The folders as this run counts them. Before the run has counted any, the folders of the files. */
  get counted(): readonly FolderLeft[] {
    return this.#tallies.length > 0 ? this.#tallies : this.parts.record.data.folders;
  }

  get entity(): MailboxEntity {
    const { record, row, trouble, world } = this.parts;
    const folders = this.#tallies.length > 0 ? this.#tallies.map((tally) => tally.entity) : foldersOf(record);
    const counts = sumCounts(folders.map((folder) => folder.counts));
    const at = world.clock.monotonic();
    this.#meter.sample(at, counts.copied);
    // A mailbox that rests has no rate, whatever it did in its last ten seconds.
    const rate = this.isAtWork ? { messages: this.#meter.rate(at), bytes: this.#traffic.bytesPerSecond(at) } : NO_RATE;
    const message = this.isAtWork ? this.#traffic.message(at) : null;
    const bytesLeft = this.#tallies.length > 0 ? this.#tallies.reduce((sum, tally) => sum + tally.bytesLeft, 0) : null;
    const left = Math.max(0, (bytesLeft ?? bytesLeftBy(counts)) - (message?.moved ?? 0));
    const doing: Doing = {
      folder: this.#folderAtWork,
      message,
      startedAt: this.#startedAt,
      endedAt: this.#endedAt,
      rate,
      eta: etaOf(this.#now(), { messages: counts.left, bytes: left }, rate),
      lines: { source: this.#line('source'), destination: this.#line('destination') },
      history: [...this.#history],
      asksPassword: this.asksPassword,
      lastResponse: this.#lastResponse,
    };
    const sizes = this.#tallies.length > 0 ? this.#tallies.map(({ size }) => size) : sizesOf(folders);
    const known = { folders, bytesLeft, sizes, look: world.look(row) };
    return mailboxEntity(
      { row, servers: serversOf(world.batch, row), record, state: this.state, ...known, provider: trouble.provider },
      doing,
    );
  }

  /**
   * Later folders are asked for while messages of an earlier one still arrive. The earlier folder is the one that is
   * shown.
   */
  get #folderAtWork(): string | null {
    if (this.state.kind !== 'copying') return this.#folder;
    const { folder } = this.#traffic;
    const tally = folder === null ? undefined : this.#tallies.find(({ wire }) => wire === folder);
    return tally?.source ?? this.#folder;
  }

  #changed(): void {
    this.parts.world.onChange(this.parts.row);
  }

  #now(): Instant {
    return this.parts.world.clock.now();
  }

  #remember(state: MailboxState): void {
    const because = 'because' in state ? state.because : 'why' in state ? state.why : null;
    this.#history.push({ at: this.#now(), kind: state.kind, because });
    if (this.#history.length > HISTORY) this.#history.shift();
  }

  #line(side: Side): LineEntity {
    const wires = this.#sessions.map(({ wire }) => wire).filter((wire) => wire.side === side && !wire.lost);
    return {
      connections: wires.length,
      command: wires.map((wire) => wire.oldest).find((command) => command !== null) ?? null,
      inFlight: wires.reduce((sum, wire) => sum + wire.inFlight, 0),
    };
  }
}

import { BY_ENGINE } from '../../../store/ledger/settlement.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { AllowanceSpent } from '../../budget/allowance-spent.js';
import { mayBeOfAsked, mayBeOfOne } from '../../imap/apart/may-be-of-one.js';
import type { Outgoing } from '../../imap/commands/append.js';
import { type Fetched, fetchWhole } from '../../imap/commands/fetch.js';
import { createFolder } from '../../imap/commands/folders.js';
import { Refused } from '../../imap/session/refused.js';
import type { Finding } from '../../responses/finding.js';
import { tryAlone } from '../alone/try-alone.js';
import { BodyCheck, type Ready } from '../bodies/body-check.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { Lease } from '../memory/copy-memory.js';
import { prepareMessage } from '../message/outgoing.js';
import { isReadOnly } from '../prepare/read-only-folders.js';
import { keywordNotKept } from '../verify/flag-findings.js';
import { isOfMessages } from '../verify/read-refusals.js';
import { type AllowedChunk, allowedOf } from './allowed-chunk.js';
import type { Stored, Target } from './append-target.js';
import { AppendUids } from './append-uids.js';
import { AppendedUidValidity } from './appended-uid-validity.js';
import { chunksOf, type TodoChunk } from './chunks.js';
import { CopyNotes } from './copy-notes.js';
import { failMessages } from './fail-messages.js';
import { fetchMissing } from './fetch-missing.js';
import { fitToSend } from './fit-to-send.js';
import { Floor } from './floor.js';
import { Others } from './others.js';
import { storedAnyway } from './stored-anyway.js';

/** The reason under which `--deleted skip` leaves messages out. */
const DELETED_AT_THE_SOURCE = 'it is marked \\Deleted at the source (--deleted skip)';

/** `alone`: only messages that are suspected of breaking connections are copied, and nothing else is under way. */
export type Haste = 'streaming' | 'alone';

/**
 * Streams a folder's messages: the fetch of the next chunks runs while the last ones are appended.
 *
 * Resolves when the last FETCH has been written, so that the next folder can follow on the same
 * wire; `done` of what it returns resolves when all is answered.
 */
export async function copyFolder(
  context: CopyContext,
  job: FolderJob,
  haste: Haste = 'streaming',
): Promise<{ readonly done: Promise<void> }> {
  const copy = new FolderCopy(context, job);
  if (haste === 'alone') await tryAlone(context, job, (chunk) => copy.goesAlone(chunk));
  else await copy.start();
  return { done: copy.done() };
}

class FolderCopy {
  readonly #inFlight = new Set<Promise<void>>();
  readonly #notes: CopyNotes;
  readonly #target: Target;
  readonly #appendUids: AppendUids;
  readonly #uidValidity: AppendedUidValidity;
  readonly #bodies: BodyCheck;
  /** An OK named no UID. The floor stays below that message until the folder was read back. */
  #someUnknown: boolean;
  readonly #others: Others;
  /** Messages of the last chunk were refused together, and are suspected. */
  #refusedTogether = false;
  /** An allowance of the day is used up, or the source refused to go on. Messages that came are still copied. */
  #noMore: AllowanceSpent | Refused | null = null;
  #failure: unknown = null;

  constructor(
    private readonly context: CopyContext,
    private readonly job: FolderJob,
  ) {
    this.#others = new Others(job.todo, job.ledger, {
      comes: async (uid) => (await this.#ask(uid)) !== undefined,
      passes: async (uid) => {
        const message = await this.#ask(uid);
        if (message?.body.length !== job.todo.sizeOf(uid)) return false;
        const prepared = prepareMessage(message, job.treatments, context.sending);
        const outgoing = this.#outgoing(await this.#withKeptKeywords({ message, prepared }));
        return outgoing !== null && context.connections.destination.lane.isTaken(this.#target, outgoing);
      },
    });
    this.#notes = new CopyNotes(context.sending);
    this.#uidValidity = new AppendedUidValidity(job.destinationUidValidity);
    const { floor: from } = job.ledger;
    const floor = new Floor(from);
    this.#appendUids = new AppendUids({
      from,
      sourceOf: (destination) => job.ledger.sourceOf(destination),
      isTaken: (destination) => job.notOurs.has(destination),
      equals: context.connections.destination.session.capabilities.has('X-GM-EXT-1') ? 'once' : 'each',
    });
    this.#someUnknown = !job.ledger.unknown.isEmpty;
    this.#bodies = new BodyCheck(context, job, (message) => prepareMessage(message, job.treatments, context.sending));
    const { session } = context.connections.destination;
    this.#target = {
      wire: job.pair.destination.wire,
      source: job.pair.source.wire,
      othersPass: (uid) => this.#others.pass(uid),
      isReadOnly: () => isReadOnly(context.connections.destination.read, job.pair.destination.wire),
      floor,
      storedAnyway: (uids) => storedAnyway(context, job, uids, () => floor.value),
      create: async () => (await createFolder(session, job.pair.destination.wire, null)).status === 'OK',
      onStored: (stored, unreadable) => this.#settle(stored, unreadable),
      onKeywordsDropped: (uid, kept) => this.#keptOnly(uid, kept),
      onRefused: ({ uid, line, verdict }) => {
        job.suspects.cleared([uid]);
        failMessages(context, job, [uid], { side: 'destination', command: 'APPEND', response: line, verdict });
      },
    };
  }

  async start(): Promise<void> {
    for (const chunk of chunksOf(this.#others.rest(), () => false)) {
      if (this.#failure ?? this.#noMore) return;
      await this.#begin(chunk);
    }
  }

  /** Copies a chunk while nothing else is under way. @returns false where the copy has ended */
  async goesAlone(chunk: TodoChunk): Promise<boolean> {
    this.#refusedTogether = false;
    await this.#begin(chunk);
    await this.#settled();
    if (this.#failure ?? this.#noMore) return false;
    if (!this.#refusedTogether) this.job.suspects.cleared(chunk.uids);
    return true;
  }

  async done(): Promise<void> {
    await this.#settled();
    this.#bodies.finish();
    for (const { finding, uids } of this.#notes.all) this.#note(finding, uids);
    if (this.#notes.deletedText !== null) this.context.log('info', this.job.pair.source.name, this.#notes.deletedText);
    if (this.#failure) throw this.#failure;
    if (this.#noMore) throw this.#noMore;
    await this.#uidValidity.check(this.context.connections, this.job.pair.destination);
    if (this.#appendUids.note) this.#note(this.#appendUids.note.finding, this.#appendUids.note.uids);
  }

  #note({ response, verdict }: Finding, uids: UidSet): void {
    const folder = this.job.pair.source.name;
    this.context.fail({ side: 'destination', command: 'APPEND', folder, uids, response, verdict });
  }

  async #settled(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.allSettled([...this.#inFlight]);
  }

  /** Writes the FETCH of a chunk as soon as there is room for it. The rest of the work is not waited for. */
  async #begin(asked: TodoChunk): Promise<void> {
    let allowed: AllowedChunk;
    try {
      allowed = await allowedOf(this.context, this.job, asked);
    } catch (error) {
      this.#failure ??= error;
      return;
    }
    this.#noMore ??= allowed.spent;
    const { lease } = allowed;
    if (lease === null) return;
    const copied = this.#fetch(allowed, lease)
      .then((messages) => {
        lease.sending();
        return this.#append(messages);
      })
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        lease.release();
        this.#inFlight.delete(copied);
      });
    this.#inFlight.add(copied);
  }

  async #fetch({ chunk, came }: AllowedChunk, lease: Lease): Promise<readonly Outgoing[]> {
    const { source } = this.context.connections;
    const { wire } = this.job.pair.source;
    const set = UidSet.from(chunk.uids).toString();
    const coming = fetchWhole(source.fetch, wire, chunk.uids, set, 'with flags', lease.announced);
    this.#bodies.asked(chunk.uids);
    const { fetched, missing, answer } = await coming;
    came();
    const isLater = answer.status !== 'OK' && (await this.#isForLater(missing, answer.line));
    if (missing.length === 0) source.refusals.taken();
    const late =
      missing.length > 0 && !isLater
        ? await fetchMissing(this.context, this.job, chunk.uids, missing, () => this.#others.come())
        : [];
    const ready = [...fetched, ...late].map((message) => ({
      message,
      prepared: prepareMessage(message, this.job.treatments, this.context.sending),
    }));
    const checked = fitToSend(this.context, this.job, await this.#bodies.check(ready));
    const kept = await Promise.all(checked.map((one) => this.#withKeptKeywords(one)));
    return kept.flatMap((one) => this.#outgoing(one) ?? []);
  }

  async #withKeptKeywords({ message, prepared: whole }: Ready): Promise<Ready> {
    const { keywords } = this.context.connections.destination;
    const { prepared, leftOut } = await keywords.keep(this.job.pair.destination.wire, whole);
    this.#notes.leftOut(leftOut, message.uid);
    return { message, prepared };
  }

  /**
   * Whether messages were refused in words about no single message. If others come, they are tried last, alone; if not, no
   * more is asked for. A source that counts what it serves refuses in the middle of each chunk: what came is progress.
   */
  async #isForLater(missing: readonly number[], line: string): Promise<boolean> {
    const { context, job } = this;
    const verdict = context.judge('source', line, 'UID FETCH');
    if (isOfMessages(verdict) || missing.length === 0) return false;
    const { wire, name } = job.pair.source;
    const refused = new Refused('source', 'UID FETCH', line, name);
    if (mayBeOfAsked(verdict) && (await this.#others.come(missing))) {
      context.inquiry.notGiven(wire, missing, refused);
      this.#refusedTogether = true;
    } else this.#noMore ??= refused;
    return true;
  }

  async #ask(uid: number): Promise<Fetched | undefined> {
    const { wire } = this.job.pair.source;
    return (await fetchWhole(this.context.connections.source.fetch, wire, [uid], `${uid}`)).fetched[0];
  }

  /** The message as it is sent; null: it is left out. */
  #outgoing({ message: { uid }, prepared }: Ready): Outgoing | null {
    const { job } = this;
    this.#notes.add(prepared);
    if (prepared.deleted === 'skip') {
      job.ledger.skip([uid], BY_ENGINE, DELETED_AT_THE_SOURCE);
      job.progress.skipped(1);
      return null;
    }
    if (prepared.odd) job.ledger.markOdd(uid);
    job.sent.sends(uid, prepared.sent, prepared.outgoing.body);
    return prepared.outgoing;
  }

  async #append(messages: readonly Outgoing[]): Promise<void> {
    if (messages.length === 0) return;
    const { lane } = this.context.connections.destination;
    const { careful, pair } = this.job;
    if (this.#failure) return;
    // Messages that were read ahead are not in flight. After a stop none of them is sent.
    this.context.signal.throwIfAborted();
    const uids = messages.map(({ uid }) => uid);
    const heldBack = this.context.inquiry.sentUnanswered(pair.source.wire);
    try {
      await lane.send(
        this.#target,
        messages,
        uids.some((uid) => careful.has(uid) || heldBack.has(uid)),
      );
    } catch (error) {
      this.context.inquiry.sent.lost(lane.lost);
      if (lane.isOutOfStep) for (const uid of uids) if (!this.job.ledger.isSettled(uid)) careful.add(uid);
      if (error instanceof Refused && mayBeOfOne(this.context.judge('destination', error.line, 'APPEND')))
        this.context.inquiry.notTaken(pair.source.wire, uids, error, (uid) => this.job.ledger.isSettled(uid));
      throw error;
    }
  }

  #settle(answered: readonly Stored[], unreadable: string | null): void {
    const { ledger, sent, progress } = this.job;
    this.context.inquiry.goesOn(this.job.pair.source.wire);
    ledger.arrived(answered.map(({ uid }) => uid));
    const { held, stored } = this.#appendUids.apart(answered);
    if (held.length > 0) ledger.settleUnknown(held.map(({ uid }) => uid));
    this.#someUnknown ||= held.length > 0;
    const destinations = this.#appendUids.read(stored, unreadable ?? this.#uidValidity.speaksAgainst(stored));
    const uids = stored.map(({ uid }) => uid);
    if (destinations) {
      ledger.settle(uids, destinations);
      if (!this.#someUnknown) ledger.raiseFloor(this.#target.floor.value);
    } else {
      const { doubted } = this.#appendUids;
      // UIDNEXT may have been wrong: the true UIDs are below the floor or far above it, and the tail may begin anywhere.
      if (this.#appendUids.note !== null) ledger.dropFloor();
      if (!doubted.isEmpty) ledger.unsettle(doubted);
      ledger.settleUnknown([...doubted, ...uids]);
      doubted.deleteAll(doubted.clone());
      this.#someUnknown = true;
    }
    const bytes = answered.reduce((sum, { uid }) => sum + (sent.get(uid)?.size ?? 0), 0);
    progress.stored(answered.length, bytes);
  }

  /** Records the flags that the destination took in the end. The message is read back against these. */
  #keptOnly(uid: number, kept: readonly string[]): void {
    const sent = this.job.sent.get(uid);
    if (!sent) return;
    for (const flag of sent.flags) if (!kept.includes(flag)) this.#notes.note(keywordNotKept(flag), uid);
    this.job.sent.record(uid, { ...sent, flags: kept });
  }
}

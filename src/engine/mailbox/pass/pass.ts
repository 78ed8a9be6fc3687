import { optionsOf } from '../../../store/batch/options-of.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { leftOutText } from '../../../words/left-out.js';
import { usualPatience, withPatience } from '../../copy/alone/with-patience.js';
import { folderUnaccounted } from '../../copy/findings.js';
import type { FolderJob } from '../../copy/job.js';
import { refuseLabels } from '../../copy/labels/read-labels.js';
import { LateMaking } from '../../copy/make/late-making.js';
import { type Making, makeFolders } from '../../copy/make/make-folders.js';
import { mapFolders } from '../../copy/map/folder-map.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import { warningText } from '../../copy/map/folder-warnings.js';
import { tellOfNoUids } from '../../copy/scan/no-uids.js';
import { accountForNames } from '../../copy/verify/folder-account.js';
import { lookAtDoubles } from '../../copy/verify/look-at-doubles.js';
import { Refused } from '../../imap/session/refused.js';
import { convictionOf } from '../../isolate/convictions.js';
import { accountForFolder } from './account-for-folder.js';
import { forgetGone, noteCounts } from './folder-notes.js';
import { knownFolders, type Planned, planFolders, wireNames } from './folder-plan.js';
import { FolderWork } from './folder-work.js';
import { PassLabels } from './pass-labels.js';
import type { PassParts } from './pass-parts.js';
import type { PassState } from './pass-state.js';
import { proveKept } from './prove-kept.js';
import type { FolderTally } from './tally.js';
import { waitUntilStored } from './wait-until-stored.js';

/** How far ahead of the one that is copied folders are prepared: so many folders, and no more messages than this. */
const AHEAD = { folders: 32, messages: 100_000 } as const;
/** Folders that are still being answered or read back while later ones are copied. */
const UNFINISHED = 16;
/** How often messages may be given to another folder in one pass, because labels change while we copy. */
const MOST_ROUNDS = 4;

/**
 * One trip through a mailbox: every folder is listed, made, prepared, copied and read back. Folders follow each other
 * on the wire without waiting. A failure that concerns more than a folder is thrown; what was settled until then is in
 * the ledgers.
 *
 * @throws ConnectionLost, Refused, TooManyRefusals, OutOfStep, UidValidityChanged
 */
export async function runPass(parts: PassParts): Promise<void> {
  await new Pass(parts).run();
}

class Pass {
  readonly #tallies: FolderTally[] = [];
  readonly #state: PassState = {
    pairs: [],
    labels: null,
    answered: new Map(),
    accounted: new Set(),
    putOff: new Set(),
  };
  readonly #work: FolderWork;
  readonly #late = new LateMaking();
  /** Names of the source that are left out with a reason. */
  #leftOut: readonly string[] = [];

  constructor(private readonly parts: PassParts) {
    this.#work = new FolderWork(parts, this.#state);
  }

  async run(): Promise<void> {
    const { open, batch, row, record, context } = this.parts;
    this.parts.onState('scanning', null);
    const { source, destination } = open.listings;
    refuseLabels(batch.options, source);
    const former = new Map(record.data.folders.map((folder) => [folder.source, folder.destination]));
    const map = mapFolders(source, destination, optionsOf(batch.options, row), former);
    accountForNames(context, source, destination);
    for (const { name, why } of map.leftOut) context.log('info', name, `left out: ${leftOutText(why)}`);
    for (const warning of map.warnings) context.log('warn', null, warningText(warning));
    context.log(
      'info',
      null,
      `${map.pairs.length} folders; the destination is written to by ${open.connections.destination.lane.way}`,
    );
    this.#state.pairs = map.pairs;
    this.#leftOut = map.leftOut.map(({ name }) => name);
    tellOfNoUids(context);
    const making = this.#make(map.pairs);
    const { inquiry } = this.parts.memory;
    usualPatience(open.connections, inquiry);
    // Folders that may break the connection wait until nothing else is under way.
    for (const pair of map.pairs)
      if (inquiry.isPutOff(wireNames(pair)) || this.#late.has(pair)) this.#state.putOff.add(pair);
    const beforeOf = knownFolders(record.data.folders);
    for (const pair of map.pairs)
      if ((beforeOf(pair)?.counts.copied ?? 0) > 0) inquiry.doubts.hasTaken(pair.source.wire);
    const { tallies, planned: inOrder, settled } = planFolders(this.parts, map.pairs, making);
    this.#tallies.push(...tallies);
    for (const name of settled) this.#state.accounted.add(name);
    this.parts.onTallies(this.#tallies);
    const planned = await this.#byLabels(map.pairs, inOrder);
    const atOnce = planned.filter(({ pair }) => !this.#state.putOff.has(pair));
    this.#work.awaitLateStores(atOnce);
    try {
      const idle = tallies.filter(({ isSettled }) => isSettled);
      await this.#work.lookBack.intoSettled(map.pairs, idle);
      await this.#copyAll(atOnce);
      for (const folder of this.#leastDoubtedFirst(planned)) await this.#copyLast(folder);
      await this.#copyReleased(planned);
      this.#late.restComes();
      await Promise.all(this.#notTriedAgain(making));
      this.#account();
      await lookAtDoubles(context, record, map.pairs);
      // Nothing is sent any more, so the connections that stored may be closed for the proof.
      const copied = this.#state.labels?.copiesTwins ? 'by COPY' : 'by APPEND';
      await proveKept(this.parts, this.#state.answered.values(), tallies, copied);
      forgetGone(record, this.#tallies);
      // All was answered, or nothing was sent: the next attempt need not wait for anything.
      record.data.flight = null;
    } finally {
      this.#settleCarried();
      for (const tally of this.#tallies) noteCounts(record, tally);
    }
  }

  /**
   * Where folders are labels, finds out which folder brings each message.
   *
   * @returns the folders in the order in which they bring messages
   */
  async #byLabels(pairs: readonly FolderPair[], planned: readonly Planned[]): Promise<readonly Planned[]> {
    const { foldersAre } = this.parts.open.listings.source;
    if (foldersAre === 'places' || planned.length === 0) return planned;
    const labels = await PassLabels.read(this.parts, pairs);
    this.#state.labels = labels;
    this.parts.context.connections.source.fetch.labels =
      this.parts.batch.options.labels === 'keywords' ? 'keywords' : 'unasked';
    for (const { pair, tally } of planned)
      if (tally.told !== null) tally.told = Math.max(0, tally.told - labels.elsewhereIn(pair));
    return [...planned].sort((one, other) => labels.placeOf(one.pair) - labels.placeOf(other.pair));
  }

  /** Marks the ledgers of carried messages: the next checkpoint writes them, or the end of the attempt. */
  #settleCarried(): void {
    for (const ledger of this.#state.labels?.settle() ?? []) this.parts.checkpoints.watch(ledger);
  }

  /** Copies by another label the messages that vanished from the folder in which they were to travel. */
  async #copyReleased(planned: readonly Planned[]): Promise<void> {
    const { labels } = this.#state;
    for (let round = 0; labels !== null && round < MOST_ROUNDS; round++) {
      this.#settleCarried();
      const released = new Set(labels.release(this.#state.answered).map(({ source }) => source.name));
      if (released.size === 0) return;
      await this.#copyAll(planned.filter(({ pair }) => released.has(pair.source.name)));
    }
  }

  async #copyAll(planned: readonly Planned[]): Promise<void> {
    const ahead: Promise<FolderJob | null>[] = [];
    let next = 0;
    let messages = 0;
    const { statuses } = this.parts.open.listings.source;
    // Where UIDs hold only while a folder is open, folders are worked on one after the other.
    const isLasting = this.parts.context.connections.source.fetch.uidValidities.lasting;
    const unfinished = this.#state.labels?.copiesTwins ? 0 : UNFINISHED;
    const most = isLasting ? { ahead: AHEAD.folders, unfinished } : { ahead: 1, unfinished: 0 };
    const sizeOf = ({ pair }: Planned) => statuses.get(pair.source.wire)?.messages ?? 0;
    const prepareMore = () => {
      while (next < planned.length && ahead.length < most.ahead && (ahead.length === 0 || messages < AHEAD.messages)) {
        const folder = planned[next++]!;
        // Where two folders go into one, the second is matched with what the first one left.
        if (folder.pair.shared && (ahead.length > 0 || this.#work.unfinished > 0)) {
          next--;
          break;
        }
        messages += sizeOf(folder);
        const prepared = this.#work.prepare(folder);
        prepared.catch(() => {});
        ahead.push(prepared);
      }
    };
    try {
      for (let at = 0; at < planned.length; at++) {
        if (planned[at]!.pair.shared) await this.#work.finished(0);
        prepareMore();
        const job = await ahead.shift()!;
        messages -= sizeOf(planned[at]!);
        if (this.#work.failure) break;
        // A folder with nothing left to copy is finished even when the pass is stopped.
        if (job && job.todo.length > 0) this.parts.context.signal.throwIfAborted();
        if (job) await this.#work.copy(job, planned[at]!);
        await this.#work.finished(most.unfinished);
        if (this.#work.failure) break;
      }
    } catch (error) {
      this.#work.fails(error);
    }
    await Promise.allSettled(ahead);
    await this.#work.finished(0);
    if (this.#work.failure) throw this.#work.failure;
  }

  /** Sorts the folders so that the one most likely to break the connection comes last: nothing gets past it. */
  #leastDoubtedFirst(planned: readonly Planned[]): readonly Planned[] {
    const { inquiry } = this.parts.memory;
    const doubt = ({ pair }: Planned) => {
      const names = wireNames(pair);
      return inquiry.isPutOff(names) ? 1 + inquiry.strikesOf(names) : 0;
    };
    return [...planned].sort((one, other) => doubt(one) - doubt(other));
  }

  /** Copies, after all others, messages that may break connections: each alone, and with less patience. */
  async #copyLast(folder: Planned): Promise<void> {
    const { context, memory, open } = this.parts;
    const { inquiry } = memory;
    const names = wireNames(folder.pair);
    let isDue = this.#state.putOff.has(folder.pair);
    while (isDue || inquiry.isPutOff(names) || inquiry.suspectsIn(names.source).size > 0) {
      isDue = false;
      const convicted = inquiry.convictionOf(names);
      if (convicted) {
        context.fail({ ...convictionOf('folder', convicted), folder: folder.pair.source.name, uids: new UidSet() });
        this.#state.accounted.add(folder.pair.source.name);
        this.#late.comes(folder.pair, 'left');
        return;
      }
      const strikes = inquiry.strikesOf(names);
      inquiry.begins(names, null);
      await withPatience(open.connections, { strikes, silences: inquiry.silences }, () => this.#copyAlone(folder));
      if (this.#work.failure) throw this.#work.failure;
      const isStruck = inquiry.strikesOf(names) > strikes;
      if (!isStruck) inquiry.acquit(names);
      else if (!inquiry.convictionOf(names)) await context.clock.sleep(inquiry.pauseBefore(names), context.signal);
      context.signal.throwIfAborted();
    }
    inquiry.ends();
  }

  async #copyAlone(planned: Planned): Promise<void> {
    const { inquiry } = this.parts.memory;
    this.#late.comes(planned.pair, 'made');
    const folder = await this.#madeAnew(planned);
    const waited = await waitUntilStored(this.parts, folder.pair);
    if (waited || inquiry.isPutOff(wireNames(folder.pair))) this.#work.awaitLateStores([folder]);
    const job = await this.#work.prepare(folder, 'alone');
    if (job) await this.#work.copy(job, folder, 'alone');
    await this.#work.finished(0);
  }

  #make(pairs: readonly FolderPair[]): Making {
    const { context, open } = this.parts;
    return makeFolders(context, open.listings.destination, pairs, open.trials.destination, this.#late);
  }

  /** Without the folders that were refused at first and tried by themselves since: what they said last is entered. */
  #notTriedAgain(making: Making): readonly Promise<unknown>[] {
    const tried = [...this.#state.putOff].filter(({ selectable }) => selectable).map((pair) => pair.destination.wire);
    return [...making].flatMap(([wire, made]) => (tried.includes(wire) ? [] : [made]));
  }

  /** Asks again for a folder that was refused when it was made: a former refusal is no evidence of now. */
  async #madeAnew(folder: Planned): Promise<Planned> {
    const { pair } = folder;
    const refused = await folder.made.then(
      () => null,
      (error: unknown) => (error instanceof Refused ? error : null),
    );
    if (refused === null) return folder;
    // Where STATUS was refused, CREATE was not.
    const made = this.#make([refused.command === 'STATUS' ? { ...pair, create: [] } : pair]);
    return { ...folder, made: made.get(pair.destination.wire) ?? folder.made };
  }

  /**
   * Every folder must have come to an end, and every message must be settled or entered. What is neither is an open
   * failure, and the next run copies it.
   */
  #account(): void {
    const { context } = this.parts;
    for (const job of this.#state.answered.values()) accountForFolder(context, job);
    const ended = new Set([...this.#leftOut, ...this.#state.accounted]);
    // A parent without mail of its own (\Noselect) has nothing to be looked into.
    for (const pair of this.#state.pairs) if (!pair.selectable) ended.add(pair.source.name);
    for (const { name: folder } of this.parts.open.listings.source.folders) {
      if (ended.has(folder)) continue;
      context.fail({ side: 'source', command: 'account', folder, uids: new UidSet(), ...folderUnaccounted });
    }
  }
}

import { OneAtATime } from '../../../store/documents/one-at-a-time.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { Verdict } from '../../../words/verdict.js';
import { type Fetched, fetchWhole } from '../../imap/commands/fetch.js';
import { fetchHeaders } from '../../imap/commands/fetch-look.js';
import type { Literal } from '../../imap/grammar/response-reader.js';
import type { Finding } from '../../responses/finding.js';
import type { CopyContext, FolderJob } from '../job.js';
import { within } from '../memory/copy-memory.js';
import { compareFields, headerFields } from '../message/header-fields.js';
import type { Prepared } from '../message/prepared.js';
import { failMessages } from '../transfer/fail-messages.js';
import { compareSize, isAnother } from './compare-size.js';
import { anotherMessage, emptyThoughListed, otherLength, sizesNotKept } from './findings.js';
import { type Arrived, type Doubt, doubtOf, ruleOn, ruleOnAgain } from './judge-body.js';
import { isSame, withCrlf } from './literals.js';
import { askInParts, lookAgain } from './look-again.js';
import { Twins } from './twins.js';

/** A message as it came, and as it would be sent. */
export interface Ready {
  readonly message: Fetched;
  readonly prepared: Prepared;
}

type Headers = ReadonlyMap<number, Literal>;
type Outcome = { readonly take: Fetched } | { readonly refuse: Finding };

/** Messages of a folder's first chunk whose headers are asked for beside their bodies. */
const SAMPLE = 16;

/**
 * Holds the bodies of a folder against what was listed of them before they are sent: length against
 * RFC822.SIZE, header against header. Costs a command only where something does not agree
 * (docs/decisions/0012-bodies-held-against-the-list.md).
 */
export class BodyCheck {
  readonly #twins = new Twins();
  readonly #mixedUp = new OneAtATime();
  readonly #otherSize = new UidSet();
  #example: Finding | null = null;
  #sampled: Promise<Headers> | null = null;

  constructor(
    private readonly context: CopyContext,
    private readonly job: FolderJob,
    private readonly prepare: (message: Fetched) => Prepared,
  ) {}

  /**
   * Called right behind the FETCH of each chunk. With the first, asks for the headers of a few messages
   * that their sizes do not tell apart: a server whose index of a folder is shifted is seen there.
   */
  asked(uids: readonly number[]): void {
    if (this.#sampled) return;
    const sample = this.#alike(uids);
    if (sample.length === 0) {
      this.#sampled = Promise.resolve(new Map());
      return;
    }
    const { fetch } = this.context.connections.source;
    this.#sampled = fetchHeaders(fetch, this.job.pair.source.wire, UidSet.from(sample).toString());
    // A dropped connection is reported by the FETCH before.
    this.#sampled.catch(() => {});
  }

  /**
   * @returns what may be sent; the rest is entered as failed
   * @throws TooManyRefusals, ConnectionLost
   */
  async check(messages: readonly Ready[]): Promise<Ready[]> {
    const arrived = messages.map((one) => this.#arrived(one));
    const { sizes } = this.context.connections.source;
    for (const { comparison } of arrived) sizes.count(comparison);
    const headers = await this.#headersOf(messages, arrived);
    const checks = messages.map((one, at) => this.#ruled(one, arrived[at]!, headers));
    const outcomes = await Promise.all(checks);
    return outcomes.flatMap((outcome, at) => {
      const one = messages[at]!;
      if ('take' in outcome) {
        const take = this.#asCounted(outcome.take);
        return take === one.message ? one : { message: take, prepared: this.prepare(take) };
      }
      this.#refuse(one.message.uid, outcome.refuse);
      return [];
    });
  }

  /** Enters, once a folder, the note that its sizes are estimates. */
  finish(): void {
    if (!this.#example) return;
    const { name: folder } = this.job.pair.source;
    this.context.fail({ side: 'source', command: 'UID FETCH', folder, uids: this.#otherSize, ...this.#example });
  }

  #arrived({ message: { uid, body, row }, prepared }: Ready): Arrived {
    return {
      length: body.length,
      comparison: compareSize(this.job.todo.sizeOf(uid), body),
      row,
      isTwin: this.#twins.add(body.length, prepared.headHash),
      isSample: false,
    };
  }

  /** A server that counts CRLF and sends LF holds the message with CRLF, because that is what it listed. */
  #asCounted(message: Fetched): Fetched {
    const { uid, body } = message;
    if (compareSize(this.job.todo.sizeOf(uid), body) !== 'bare line ends') return message;
    return { ...message, body: withCrlf(body) };
  }

  /** Headers of the sample, and of bodies that came twice: of both, where both are in this chunk. */
  async #headersOf(messages: readonly Ready[], arrived: readonly Arrived[]): Promise<Headers> {
    const sampled = (await this.#sampled) ?? new Map<number, Literal>();
    const twins = twinsAmong(messages, arrived).filter((uid) => !sampled.has(uid));
    if (twins.length === 0) return sampled;
    const { fetch } = this.context.connections.source;
    const asked = await fetchHeaders(fetch, this.job.pair.source.wire, UidSet.from(twins).toString());
    return new Map([...sampled, ...asked]);
  }

  async #ruled({ message }: Ready, arrived: Arrived, headers: Headers): Promise<Outcome> {
    const header = headers.get(message.uid);
    const isOther = header !== undefined && compareFields(headerFields(header), headerFields(message.body)) === 'other';
    const known = { ...arrived, isTwin: false, isSample: isOther };
    const doubt = doubtOf(known, this.context.connections.source.sizes.areKnownEstimates);
    if (doubt === null) return { take: message };
    if (doubt === 'empty') return this.#askEmpty(message);
    const ask = () => this.#askAgain(message, known, doubt);
    // A server that mixes messages up may answer each question with the next message, which another one was asked for.
    return isOther ? this.#mixedUp.run(ask) : ask();
  }

  async #askAgain(message: Fetched, arrived: Arrived, doubt: Doubt): Promise<Outcome> {
    const { fetch, sizes } = this.context.connections.source;
    const { wire, name } = this.job.pair.source;
    const { uid, body } = message;
    const listed = this.job.todo.sizeOf(uid);
    const asIs = sizes.areEstimates || this.job.treatments.repaired.has(uid);
    const ruling = ruleOn(arrived, await lookAgain(fetch, wire, message), asIs);
    if (ruling !== 'ask in parts') {
      if (ruling === 'take and note') this.#note(uid, listed, body.length);
      return { take: message };
    }
    this.context.log('warn', name, `UID ${uid} is asked for again, in parts: ${WHY[doubt]}`);
    const again = await askInParts(fetch, wire, uid, listed);
    const header = (await fetchHeaders(fetch, wire, `${uid}`)).get(uid);
    const shown = header ? headerFields(header) : new Map<string, string>();
    const given = headerFields(again ?? body);
    const isOther = compareFields(shown, given) === 'other';
    if (!isOther && again) {
      const comparison = compareSize(listed, again);
      const ruled = ruleOnAgain({ comparison, header: 'same', isSame: isSame(again, body) }, asIs);
      if (ruled === 'take and note') this.#note(uid, listed, again.length);
      if (ruled !== 'refuse') return { take: { ...message, body: again } };
    }
    if (isOther) return { refuse: anotherMessage(nameOf(given), nameOf(shown)) };
    return { refuse: otherLength(listed, again?.length ?? body.length) };
  }

  async #askEmpty(message: Fetched): Promise<Outcome> {
    const { fetch } = this.context.connections.source;
    const { wire } = this.job.pair.source;
    const { uid } = message;
    const listed = this.job.todo.sizeOf(uid);
    const [again] = (await fetchWhole(fetch, wire, [uid], `${uid}`, 'with flags', within(this.context.memory, listed)))
      .fetched;
    if (again && again.body.length > 0) {
      if (!isAnother(compareSize(listed, again.body))) return { take: again };
      return { refuse: otherLength(listed, again.body.length) };
    }
    const header = (await fetchHeaders(fetch, wire, `${uid}`)).get(uid);
    const hasLines = header?.slices.some((slice) => /[^\r\n]/.test(slice.toString('latin1'))) ?? false;
    return hasLines || listed > 0 ? { refuse: emptyThoughListed(listed) } : { take: message };
  }

  #note(uid: number, listed: number, came: number): void {
    this.context.connections.source.sizes.confirm();
    this.#otherSize.add(uid);
    this.#example ??= sizesNotKept(uid, listed, came);
  }

  #refuse(uid: number, { response, verdict }: { readonly response: string; readonly verdict: Verdict }): void {
    failMessages(this.context, this.job, [uid], { side: 'source', command: 'UID FETCH', response, verdict });
    this.context.connections.source.refusals.refused(verdict, response);
  }

  /** The first UIDs of a chunk whose listed size another message of it shares. */
  #alike(uids: readonly number[]): readonly number[] {
    const sizes = uids.map((uid) => this.job.todo.sizeOf(uid));
    const count = new Map<number, number>();
    for (const size of sizes) count.set(size, (count.get(size) ?? 0) + 1);
    return uids.filter((_, at) => sizes[at]! > 0 && count.get(sizes[at]!)! > 1).slice(0, SAMPLE);
  }
}

const WHY: Readonly<Record<Doubt, string>> = {
  empty: 'it came empty',
  row: 'its row held something nobody asked for',
  size: 'its length is not RFC822.SIZE',
  twin: 'it came under two UIDs',
  sample: 'its header is another one',
};

/** UIDs of bodies that have a double, and those of the doubles that are in the same chunk. */
function twinsAmong(messages: readonly Ready[], arrived: readonly Arrived[]): number[] {
  const twins = new Set<string>();
  const keyOf = ({ message, prepared }: Ready) => `${message.body.length} ${prepared.headHash}`;
  messages.forEach((one, at) => {
    if (arrived[at]!.isTwin) twins.add(keyOf(one));
  });
  if (twins.size === 0) return [];
  return messages.filter((one) => twins.has(keyOf(one))).map(({ message }) => message.uid);
}

function nameOf(fields: ReadonlyMap<string, string>): string {
  const [telling] = ['message-id', 'subject', 'date', 'from'].flatMap((name) => fields.get(name) ?? []);
  return telling ?? 'nothing';
}

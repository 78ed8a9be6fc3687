import type { Treated } from '../../../store/ledger/treated.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { Literal } from '../../imap/grammar/response-reader.js';
import type { Finding } from '../../responses/finding.js';
import { altered, alteredMuch, cutShort, notCompared } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import { anotherStored, damaged } from '../losses/loss-findings.js';
import { takeBack } from '../losses/take-back.js';
import { canonicalBytes, canonicalPrint, type Fingerprint, fingerprint } from '../message/fingerprint.js';
import { type HeaderFields, headerFields } from '../message/header-fields.js';
import type { SentMessage } from '../sent.js';
import type { Todo } from '../transfer/chunks.js';
import { readWhole } from '../transfer/read-whole.js';
import { earlierForms, type Forms, readSent } from './sent-again.js';

/** A message of the destination that is read back whole. */
export interface Odd {
  readonly source: number;
  readonly destination: number;
  /** Bytes, as the destination lists it. */
  readonly size: number;
  readonly sent: SentMessage;
}

/** A message whose bytes at the destination are not those that were sent. */
interface Differing {
  readonly source: number;
  readonly print: Fingerprint;
  /** Bytes that the destination gave. */
  readonly length: number;
  /** Bytes that the destination gave, with the rewrites of servers undone. */
  readonly canonicalLength: number;
  readonly fields: HeaderFields;
}

/** How the destination's form of a message compares with the one that was sent. `part`: it holds the beginning only. */
type Likeness = 'exact' | 'equal' | 'part' | 'other' | 'another message';

/** Messages that are read back whole at once, where all of a folder are. */
const AT_ONCE = 1000;

/** Reads messages back whole, and compares their bytes with those that were sent. */
export class ContentCheck {
  /** By destination UID. */
  readonly #odd = new Map<number, Odd>();
  /** Source UIDs of messages that the destination gave back. */
  readonly #read = new UidSet();
  /** By source UID: messages that an earlier run sent either as they are or repaired; which is not known. */
  #earlier: ReadonlyMap<number, Forms> = new Map();

  /** @param find  is called for each change that deserves a note */
  constructor(
    private readonly context: CopyContext,
    private readonly job: FolderJob,
    private readonly find: (finding: Finding, source: number) => void,
  ) {}

  /** Messages that are read back whole. */
  get size(): number {
    return this.#odd.size;
  }

  add(odd: Odd): void {
    if (!this.#odd.has(odd.destination)) this.#odd.set(odd.destination, odd);
  }

  /** @param destination  UID of a message that is listed with the size that was sent */
  addAsListed(destination: number): void {
    for (const odd of this.#asListed([destination])) this.add(odd);
  }

  async readEarlier(treated: Treated): Promise<void> {
    this.#earlier = await earlierForms(this.context, this.job, treated);
  }

  /**
   * Reads them back. Where a message of the same size is another one or damaged, those that were looked at were a sample of
   * what this server does: all of the folder are read then.
   *
   * @param there  UIDs of the destination folder that were listed
   * @returns how many messages are open failures now, because the destination does not hold them as they were sent
   */
  async readBack(there: UidSet): Promise<number> {
    const first = await this.#readAll([...this.#odd.values()]);
    let { open } = first;
    if (first.damaged === 0) return open;
    const rest = there.intersect(this.job.ledger.destinationsKnown()).minus(UidSet.from(this.#odd.keys()));
    const { name } = this.job.pair.source;
    this.context.log('warn', name, `the destination damaged a message: the other ${rest.size} are read back whole`);
    for (const uids of rest.chunks(AT_ONCE)) {
      const odd = this.#asListed(uids);
      for (const one of odd) this.add(one);
      open += (await this.#readAll(odd)).open;
    }
    return open;
  }

  #asListed(uids: Iterable<number>): Odd[] {
    const { ledger, sent: table } = this.job;
    const odd: Odd[] = [];
    for (const destination of uids) {
      const source = ledger.sourceOf(destination);
      const sent = source === undefined ? undefined : table.get(source);
      if (source !== undefined && sent) odd.push({ source, destination, size: sent.size, sent });
    }
    return odd;
  }

  async #readAll(odd: readonly Odd[]): Promise<{ readonly open: number; readonly damaged: number }> {
    const differing = await this.#differing(odd);
    for (const { source, size, sent } of odd)
      if (!this.#read.has(source)) this.find(notCompared(sent.size, size), source);
    if (differing.size === 0) return { open: 0, damaged: 0 };
    // Fetch these from the source again: only its bytes show how a message was changed.
    const sources = odd.filter(({ source }) => differing.has(source));
    const asked = sources.map(({ source, sent }): Todo => ({ uid: source, size: sent.size }));
    const likenesses = new Map<number, Likeness>();
    await readSent(this.context, this.job, asked, (uid, body) =>
      likenesses.set(uid, likenessOf(differing.get(uid)!, body)),
    );
    let open = 0;
    let ofEqualSize = 0;
    for (const { source, sent } of sources) {
      const likeness = likenesses.get(source);
      const { length } = differing.get(source)!;
      if (!likeness) {
        if (length !== sent.size) this.find(notCompared(sent.size, length), source);
        continue;
      }
      if (likeness === 'exact') continue;
      if (likeness === 'equal' || (likeness === 'other' && isRewritten(sent.size, length))) {
        this.#findAltered(source, likeness === 'equal');
        continue;
      }
      open++;
      if (length === sent.size) ofEqualSize++;
      takeBack(this.context, this.job, UidSet.from([source]), lossOf(likeness, sent.size, length));
    }
    return { open, damaged: ofEqualSize };
  }

  async #differing(odd: readonly Odd[]): Promise<ReadonlyMap<number, Differing>> {
    const differing = new Map<number, Differing>();
    if (odd.length === 0) return differing;
    const byDestination = new Map(odd.map((one) => [one.destination, one]));
    const todo = odd.map(({ destination, size }): Todo => ({ uid: destination, size }));
    await readWhole(
      this.context,
      this.context.connections.destination.read,
      this.job.pair.destination.wire,
      todo.sort((a, b) => a.uid - b.uid),
      ({ uid, body }) => {
        const one = byDestination.get(uid);
        if (!one) return;
        const { source, sent } = one;
        this.#read.add(source);
        const print = fingerprint(body);
        const forms = this.#earlier.get(source);
        if (forms) return this.#judge(source, sent, print, forms);
        if (sent.exact === print.exact) return;
        const canonicalLength = canonicalBytes(body).length;
        const fields = headerFields(body);
        differing.set(source, { source, print, length: body.length, canonicalLength, fields });
      },
    );
    return differing;
  }

  /** Decides which of the two forms was sent: the one that the destination has, perhaps with small changes. */
  #judge(source: number, sent: SentMessage, print: Fingerprint, { asIs, repaired, repairs }: Forms): void {
    const isAsIs =
      print.exact === asIs.exact || (print.exact !== repaired.exact && print.canonical !== repaired.canonical);
    const form = isAsIs ? asIs : repaired;
    if (print.exact !== form.exact) this.#findAltered(source, print.canonical === form.canonical);
    if (isAsIs) return;
    const flagsLeftOut = sent.otherwise?.flagsLeftOut ?? [];
    this.job.sent.record(source, { ...sent, otherwise: { flagsLeftOut, repairs } });
  }

  #findAltered(source: number, asServersDo: boolean): void {
    this.find(asServersDo ? altered : alteredMuch, source);
  }
}

function likenessOf({ print, canonicalLength, fields }: Differing, body: Literal): Likeness {
  const sent = fingerprint(body);
  if (sent.exact === print.exact) return 'exact';
  if (sent.canonical === print.canonical) return 'equal';
  const whole = canonicalBytes(body);
  const rest = whole.subarray(canonicalLength);
  const isBeginning = canonicalPrint(whole.subarray(0, canonicalLength)) === print.canonical;
  if (isBeginning && /\S/.test(rest.toString('latin1'))) return 'part';
  const [mine, theirs] = [headerFields(body), fields].map((of) => of.get('message-id'));
  return mine && theirs && mine !== theirs ? 'another message' : 'other';
}

/** The most that a server removes when it rewrites headers. A filter that removes a part, or a cut, removes more. */
const REWRITING = { bytes: 256, share: 0.02 } as const;

/**
 * Whether a rewriting of headers may explain the difference: it adds bytes, or takes a few. No server that is known rewrites
 * a message and keeps its size.
 *
 * @param sent   bytes that were sent
 * @param there  bytes that the destination gives back
 */
function isRewritten(sent: number, there: number): boolean {
  return sent !== there && sent - there <= Math.max(REWRITING.bytes, sent * REWRITING.share);
}

function lossOf(likeness: Likeness, sent: number, there: number): Finding {
  if (likeness === 'another message') return anotherStored;
  return sent === there ? damaged : cutShort(there, sent);
}

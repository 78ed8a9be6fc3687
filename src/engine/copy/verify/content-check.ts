import type { Treated } from '../../../store/ledger/treated.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { Literal } from '../../imap/grammar/response-reader.js';
import { type HeaderFields, headerFields } from '../bodies/header-fields.js';
import { altered, alteredMuch, cutShort, type Finding, notCompared } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import { anotherStored } from '../losses/loss-findings.js';
import { takeBack } from '../losses/take-back.js';
import { canonicalBytes, canonicalPrint, type Fingerprint, fingerprint } from '../message/fingerprint.js';
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
  /** Of these, with the rewrites of servers undone. */
  readonly canonicalLength: number;
  readonly fields: HeaderFields;
}

/** How the destination's form of a message compares with the one that was sent. `part`: it holds the beginning only. */
type Likeness = 'exact' | 'equal' | 'part' | 'other' | 'another message';

/** Reads messages back whole, and holds their bytes against those that were sent. */
export class ContentCheck {
  readonly #odd: Odd[] = [];
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
    return this.#odd.length;
  }

  add(odd: Odd): void {
    this.#odd.push(odd);
  }

  async readEarlier(treated: Treated): Promise<void> {
    this.#earlier = await earlierForms(this.context, this.job, treated);
  }

  /** @returns how many messages are open failures now, because the destination holds only a part of them */
  async readBack(): Promise<number> {
    const differing = await this.#differing();
    for (const { source, size, sent } of this.#odd)
      if (!this.#read.has(source)) this.find(notCompared(sent.size, size), source);
    if (differing.size === 0) return 0;
    // Fetch these from the source again: only its bytes show how a message was changed.
    const sources = this.#odd.filter(({ source }) => differing.has(source));
    const asked = sources.map(({ source, sent }): Todo => ({ uid: source, size: sent.size }));
    const likenesses = new Map<number, Likeness>();
    await readSent(this.context, this.job, asked, (uid, body) =>
      likenesses.set(uid, likenessOf(differing.get(uid)!, body)),
    );
    let cut = 0;
    for (const { source, sent } of sources) {
      const likeness = likenesses.get(source);
      const { length } = differing.get(source)!;
      if (!likeness) {
        if (length !== sent.size) this.find(notCompared(sent.size, length), source);
        continue;
      }
      if (likeness === 'exact') continue;
      if (likeness === 'equal' || (likeness === 'other' && !isCutShort(sent.size, length))) {
        this.#findAltered(source, likeness === 'equal');
        continue;
      }
      const finding = likeness === 'another message' ? anotherStored : cutShort(length, sent.size);
      takeBack(this.context, this.job, UidSet.from([source]), finding);
      cut++;
    }
    return cut;
  }

  async #differing(): Promise<ReadonlyMap<number, Differing>> {
    const differing = new Map<number, Differing>();
    if (this.#odd.length === 0) return differing;
    const byDestination = new Map(this.#odd.map((odd) => [odd.destination, odd]));
    const todo = this.#odd.map(({ destination, size }): Todo => ({ uid: destination, size }));
    await readWhole(
      this.context,
      this.context.lines.destination.read,
      this.job.pair.destination.wire,
      todo.sort((a, b) => a.uid - b.uid),
      ({ uid, body }) => {
        const odd = byDestination.get(uid);
        if (!odd) return;
        this.#read.add(odd.source);
        const print = fingerprint(body);
        const forms = this.#earlier.get(odd.source);
        if (forms) return this.#judge(odd.source, odd.sent, print, forms);
        if (odd.sent.exact === print.exact) return;
        const canonicalLength = canonicalBytes(body).length;
        const { source } = odd;
        const fields = headerFields(body);
        differing.set(source, { source, print, length: body.length, canonicalLength, fields });
      },
    );
    return differing;
  }

  /** Decides which of the two forms was sent: the one that the destination has, or has with small changes. */
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
    this.find(
      asServersDo
        ? altered(
            'line ends, NUL bytes, 8-bit headers, white space in headers or headers of an mbox file, as servers do',
          )
        : alteredMuch,
      source,
    );
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

/** A server that rewrites headers removes at most so much. A filter that removes a part, or a cut, removes more. */
const REWRITING = { bytes: 256, share: 0.02 } as const;

/**
 * Whether so much of a message is missing that no rewriting of its headers explains it.
 *
 * @param sent   bytes that were sent
 * @param there  bytes that the destination gives back
 */
function isCutShort(sent: number, there: number): boolean {
  return sent - there > Math.max(REWRITING.bytes, sent * REWRITING.share);
}

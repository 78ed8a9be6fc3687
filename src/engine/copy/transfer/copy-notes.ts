import type { DeletedMode } from '../../../store/batch/batch.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { Finding } from '../../responses/finding.js';
import { deletedStripped } from '../findings.js';
import type { CopyContext } from '../job.js';
import { DateSpread } from '../message/date-spread.js';
import type { Prepared } from '../message/prepared.js';
import { datedByHeader, datesBunched, undated } from '../verify/date-findings.js';
import { flagsNotTold, keywordNotKept } from '../verify/flag-findings.js';
import { keywordsLeftOut } from './keywords.js';

/** The most characters of a UID set in a log line. */
const LONGEST_UIDS = 200;

/** Collects notes about messages that were sent changed, one for each cause. Source UIDs. */
export class CopyNotes {
  readonly #notes = new Map<string, { readonly finding: Finding; readonly uids: UidSet }>();
  /** Messages marked as deleted at the source, by how they were treated. */
  readonly #deleted = new Map<DeletedMode, UidSet>();
  readonly #keywords = new Set<string>();
  readonly #withoutKeywords = new UidSet();
  readonly #spread = new DateSpread();

  constructor(private readonly sending: CopyContext['sending']) {}

  add({ outgoing: { uid, body }, date, deleted, flagsUnknown, keywordsLost }: Prepared): void {
    if (flagsUnknown) this.note(flagsNotTold, uid);
    for (const keyword of keywordsLost) this.note(keywordNotKept(keyword), uid);
    if (date.from === 'none') this.note(undated, uid);
    else if (date.from !== 'INTERNALDATE')
      this.note(datedByHeader(date.from, this.sending.dates === 'header' ? 'on order' : 'no usable date'), uid);
    else if (date.instant !== undefined) this.#spread.add(date.instant, body);
    if (deleted === null) return;
    const marked = this.#deleted.get(deleted) ?? new UidSet();
    marked.add(uid);
    this.#deleted.set(deleted, marked);
    if (deleted === 'strip') this.note(deletedStripped, uid);
  }

  /** A message was sent without these keywords, because the folder says that it cannot keep them. */
  leftOut(keywords: readonly string[], uid: number): void {
    for (const keyword of keywords) {
      this.#keywords.add(keyword);
      this.#withoutKeywords.add(uid);
    }
  }

  note(finding: Finding, uid: number): void {
    const known = this.#notes.get(finding.response);
    if (known) known.uids.add(uid);
    else this.#notes.set(finding.response, { finding, uids: UidSet.from([uid]) });
  }

  /** The notes, in the order of their first message. */
  get all(): readonly { readonly finding: Finding; readonly uids: UidSet }[] {
    const { bunched } = this.#spread;
    const ofFolder = bunched ? [{ finding: datesBunched(bunched), uids: new UidSet() }] : [];
    const uids = this.#withoutKeywords;
    const keywords = uids.isEmpty ? [] : [{ finding: keywordsLeftOut([...this.#keywords].sort(), uids.size), uids }];
    return [...this.#notes.values(), ...keywords, ...ofFolder];
  }

  /** How many messages have `\Deleted`, and how they were treated; null: none has it. */
  get deletedText(): string | null {
    if (this.#deleted.size === 0) return null;
    const texts = [...this.#deleted].map(([deleted, uids]) => markedText(deleted, uids));
    const others = this.#deleted.has('carry') ? [OTHERWISE] : [];
    return [...texts, ...others].join('; ');
  }
}

/** The end of that text where messages were sent with the mark. */
const OTHERWISE = '--deleted strip sends without that mark, --deleted skip leaves out';

const WHAT = {
  carry: 'sent with that mark',
  strip: 'sent without that mark',
  skip: 'left out',
} as const;

function markedText(deleted: DeletedMode, uids: UidSet): string {
  const [messages, are] = uids.size === 1 ? ['1 message', 'is'] : [`${uids.size} messages`, 'are'];
  return `${messages} ${are} marked \\Deleted at the source and ${are} ${WHAT[deleted]}: UID ${uids.strings(LONGEST_UIDS)[0]}`;
}

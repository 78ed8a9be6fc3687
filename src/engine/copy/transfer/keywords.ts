import type { Desk } from '../../imap/commands/desk.js';
import type { Opened } from '../../imap/commands/folders.js';
import { isKeyword } from '../../imap/grammar/flags.js';
import { unlessRefused } from '../../imap/session/refused.js';
import { type Finding, finding } from '../../responses/finding.js';
import type { Prepared } from '../message/prepared.js';
import type { EarlyOpenings } from './early-openings.js';

/** A message as it is sent, and the keywords that were left out of it. */
export interface Kept {
  readonly prepared: Prepared;
  readonly leftOut: readonly string[];
}

/**
 * Learns which keywords the destination keeps, from PERMANENTFLAGS of SELECT (RFC 3501 section 7.1). It asks only for
 * messages with a keyword, and stops asking once a folder keeps all keywords.
 */
export class Keywords {
  /**
   * The first question to the server. Folders that are copied at the same time wait for its answer, which often holds
   * for all.
   */
  #first: Promise<unknown> | null = null;

  constructor(
    private readonly read: Desk,
    private readonly early: EarlyOpenings,
  ) {}

  /**
   * Leaves out keywords that the folder says it cannot keep. System flags are always sent: servers take them at APPEND
   * whatever SELECT says.
   *
   * @throws ConnectionLost, UidValidityChanged
   */
  async keep(folder: string, prepared: Prepared): Promise<Kept> {
    const { outgoing, sent } = prepared;
    if (!outgoing.flags.some(isKeyword)) return { prepared, leftOut: [] };
    const permanent = await this.#keptIn(folder);
    if (permanent === null) return { prepared, leftOut: [] };
    const isKept = (flag: string) => !isKeyword(flag) || permanent.has(flag.toLowerCase());
    const flags = outgoing.flags.filter(isKept);
    const leftOut = outgoing.flags.filter((flag) => !isKept(flag));
    return { prepared: { ...prepared, outgoing: { ...outgoing, flags }, sent: { ...sent, flags } }, leftOut };
  }

  /**
   * The keywords that the folder keeps, by its own opening where there was one. Otherwise the server is asked, unless
   * another folder was seen to keep all. Null as in {@link #permanentOf}.
   */
  async #keptIn(folder: string): Promise<ReadonlySet<string> | null> {
    const told = this.read.lastOpened(folder) ?? this.early.told(folder);
    if (told) return listed(told);
    await this.#first?.catch(() => {});
    if (this.read.keepsAllKeywords) return null;
    const asked = this.#permanentOf(folder);
    this.#first ??= asked;
    return asked;
  }

  /** The keywords that it keeps; null: it keeps all, or does not say. */
  async #permanentOf(folder: string): Promise<ReadonlySet<string> | null> {
    const opened = await unlessRefused(this.read.open(folder));
    return opened && listed(opened);
  }
}

const listed = ({ permanentFlags }: Opened) => (permanentFlags?.has('\\*') ? null : permanentFlags);

/** The most keywords that a note names. */
const MOST_NAMES = 12;

/** @param messages  that have one of them */
export function keywordsLeftOut(keywords: readonly string[], messages: number): Finding {
  const more = Math.max(0, keywords.length - MOST_NAMES);
  return finding(
    { key: 'keywords left out', messages, keywords: keywords.slice(0, MOST_NAMES), more },
    'message-policy',
    'message',
    'note',
    'engine:keywords-left-out',
    { key: 'keywords left out' },
  );
}

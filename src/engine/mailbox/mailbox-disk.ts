import type { LogLine } from '../../protocol/events.js';
import { type DiskTrouble, diskTroubleIn } from '../../store/documents/disk-trouble.js';

/** The next step when the disk refuses a document that a mailbox needs to go on. */
export type DiskSequel = { readonly do: 'rest'; readonly for: number } | { readonly do: 'hold' };

/**
 * Milliseconds between tries. They are half a minute in all: a rotated log makes room in that time, but a full disk
 * needs its operator.
 */
const RESTS = [2_000, 4_000, 8_000, 16_000] as const;

/** Milliseconds after which the next failure of the disk counts as a new one. */
const FORGOTTEN_AFTER = 600_000;

/** Milliseconds between two looks at the disk, for a mailbox that a full disk holds. */
export const LOOKS_AGAIN_AFTER = 60_000;

/** @param times  how often in a row it was met, 1 for the first */
function afterDiskTrouble({ outlook }: Pick<DiskTrouble, 'outlook'>, times: number): DiskSequel {
  const rest = RESTS[times - 1];
  return outlook === 'passes' && rest !== undefined ? { do: 'rest', for: rest } : { do: 'hold' };
}

/** The disk's failures for one mailbox. Each is logged once, and once more when it is over. */
export class MailboxDisk {
  #times = 0;
  #lastMet = Number.NEGATIVE_INFINITY;
  #refuses = false;

  constructor(
    private readonly say: (level: LogLine['level'], text: string) => void,
    private readonly monotonic: () => number,
  ) {}

  /** A checkpoint could not be written. The copy goes on: the next run finds messages that it lacks by content. */
  refused(error: unknown): void {
    if (this.#refuses) return;
    this.#refuses = true;
    const why = diskTroubleIn(error)?.message ?? (error instanceof Error ? error.message : String(error));
    this.say('error', `what was done could not be written down: ${why}`);
  }

  /** A checkpoint was written. */
  took(): void {
    if (!this.#refuses) return;
    this.#refuses = false;
    this.say('info', 'what was done is written down again');
  }

  /** A document that the mailbox needs could not be written or read. */
  meets(trouble: DiskTrouble): DiskSequel {
    const now = this.monotonic();
    this.#times = now - this.#lastMet > FORGOTTEN_AFTER ? 1 : this.#times + 1;
    this.#lastMet = now;
    if (!this.#refuses) this.say('error', trouble.message);
    this.#refuses = true;
    return afterDiskTrouble(trouble, this.#times);
  }

  /** The mailbox went through, or an operator says that there is room. */
  over(): void {
    this.#times = 0;
  }
}

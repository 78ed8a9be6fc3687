import type { UidSet } from '../../../store/uid/uid-set.js';
import type { Verdict } from '../../../words/verdict.js';
import type { Floor } from './floor.js';

/** A folder of the destination while it is written to. */
export interface Target {
  readonly wire: string;
  /** Wire name of the folder that the messages come from. */
  readonly source: string;
  readonly floor: Floor;
  /** Makes the folder where the server says that it is missing.  @returns whether another try makes sense */
  readonly create: () => Promise<boolean>;
  /**
   * Called as soon as an answer is read.
   *
   * @param unreadable  why its APPENDUID cannot be read; null where it can, or none came
   */
  readonly onStored: (stored: readonly Stored[], unreadable: string | null) => void;
  /**
   * Looks for messages whose command was refused, before they are sent again.
   *
   * @returns those of them that stand in the folder all the same: they are settled
   */
  readonly storedAnyway: (uids: readonly number[]) => Promise<UidSet>;
  /** Many in a row were refused, this one last.  @returns whether a message from further behind is taken, or was */
  readonly othersPass: (uid: number) => Promise<boolean>;
  /** The server opened the folder for reading only. */
  readonly isReadOnly: () => Promise<boolean>;
  readonly onRefused: (refused: RefusedAlone) => void;
  /** Called before `onStored` where the destination took the message only without its keywords. */
  readonly onKeywordsDropped: (uid: number, kept: readonly string[]) => void;
}

export interface Stored {
  readonly uid: number;
  /** UID at the destination; null without UIDPLUS. */
  readonly destination: number | null;
  readonly uidValidity: string | null;
}

/** A message that the destination refused when it was alone. */
export interface RefusedAlone {
  readonly uid: number;
  readonly line: string;
  readonly verdict: Verdict;
}

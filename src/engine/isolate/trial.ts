import type { Side } from '../../words/side.js';
import type { Unanswered } from '../imap/connection/loss.js';

/** A pair of folders by their wire names. */
export interface PairNames {
  readonly source: string;
  readonly destination: string;
}

/** The messages that are tried alone now. */
export interface Trial {
  readonly pair: PairNames;
  /** Source UIDs; null: the whole folder, from opening it to reading it back. */
  readonly uids: ReadonlySet<number> | null;
}

/** Whether all these messages are on trial. */
export function isTrialOf(trial: Trial | null, uids: readonly number[]): boolean {
  const tried = trial?.uids;
  return tried != null && uids.every((uid) => tried.has(uid));
}

/** Whether nothing was under way but what is on trial. */
export function isAlone(trial: Trial | null, side: Side, unanswered: readonly Unanswered[]): boolean {
  if (!trial) return false;
  return unanswered.every(
    ({ folder, uids }) =>
      folder !== null &&
      isOfTrial(trial, side, folder) &&
      (trial.uids === null || uids === null || uids.every((uid) => trial.uids?.has(uid))),
  );
}

/** An APPEND is about messages of the source folder. */
export function isOfTrial({ pair: { source, destination } }: Trial, side: Side, folder: string): boolean {
  return folder === source || (side === 'destination' && folder === destination);
}

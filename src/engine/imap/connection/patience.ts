import { showDuration } from '../../../words/times.js';
import { LOST, STALLED, SWALLOWED } from './silence-limits.js';

/** A look at a connection that waits for an answer. Times are in milliseconds. */
export interface Waiting {
  /** Since the last byte came or went. */
  readonly quietFor: number;
  /** Since something useful came or went. A server may talk and say nothing. */
  readonly idleFor: number;
  /** The longest silence of the oldest command. */
  readonly patience: number;
  /** A response that has begun and has not ended; null: there is none. */
  readonly begun: { readonly text: string; readonly lastBytes: string } | null;
  readonly tags: Iterable<string>;
  /**
   * Whether the last row lacks its closing parenthesis: its literal was announced too long, and swallowed the answer.
   */
  readonly rowWithoutEnd: boolean;
  /** Whether the oldest command was sent behind another one, and the server has served none that way so far. */
  readonly mayBeLost: boolean;
}

/**
 * `silent`: nothing useful came, even if the server talks. `swallowed`: the answer is inside of a literal that was
 * announced too long. `lost`: the command never arrived.
 */
export type GiveUp = 'swallowed' | 'lost' | 'stalled' | 'silent';

/** Whether a silence has lasted long enough to give up the connection, and what it is taken for; null: it has not. */
export function givesUp(waiting: Waiting): GiveUp | null {
  const { quietFor, idleFor, patience, begun, tags, mayBeLost, rowWithoutEnd } = waiting;
  const isSwallowed = rowWithoutEnd || (begun !== null && holdsAnswer(begun.lastBytes, tags));
  if (isSwallowed && quietFor >= SWALLOWED) return 'swallowed';
  if (begun && quietFor >= Math.min(STALLED, patience)) return 'stalled';
  if (mayBeLost && !begun && quietFor >= LOST) return 'lost';
  return idleFor >= patience ? 'silent' : null;
}

function holdsAnswer(lastBytes: string, tags: Iterable<string>): boolean {
  for (const tag of tags) if (new RegExp(`(?:^|\\n)${tag} (?:OK|NO|BAD)\\b`).test(lastBytes)) return true;
  return false;
}

/** How long no part of an answer came, as the text of a loss. */
export function silenceText(
  command: string,
  answer: 'begun' | 'not begun',
  { quietFor, idleFor }: { readonly quietFor: number; readonly idleFor: number },
): string {
  const said = answer === 'begun' ? 'no more of the answer' : 'no answer';
  const spoke = quietFor < idleFor ? ', though the server went on talking' : '';
  return `${said} to ${command} for ${showDuration(idleFor)}${spoke}`;
}

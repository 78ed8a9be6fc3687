import type { Side } from '../../../words/side.js';
import type { Tagged } from '../connection/tagged.js';

/** A server answered NO or BAD to a command without which the work cannot go on. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly side: Side,
    readonly command: string,
    /** The line without its tag. */
    readonly line: string,
    readonly folder: string | null = null,
  ) {
    super(`${side} answered ${line} to ${command}`);
  }
}

/** The result of a command that a server may refuse, or its refusal.  @throws ConnectionLost, and all but a refusal */
export async function refusedOr<T>(asked: Promise<T>): Promise<T | Refused> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

/** The result of a command that a server may refuse; null: it was refused.  @throws ConnectionLost, and all but a refusal */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  const answer = await refusedOr(asked);
  return answer instanceof Refused ? null : answer;
}

/** @throws Refused where the answer is not OK */
export function must(side: Side, command: string, answer: Tagged, folder: string | null = null): Tagged {
  if (answer.status !== 'OK') throw new Refused(side, command, answer.line, folder);
  return answer;
}

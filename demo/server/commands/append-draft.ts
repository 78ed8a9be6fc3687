import { BadCommand } from '../grammar/bad-command.js';
import { parseDateTime } from '../grammar/dates.js';
import { parseFlags } from '../grammar/flags.js';
import { type Arg, atMost, textsOf } from '../grammar/tokens.js';
import type { Session } from '../session/session.js';

/** Flags and date that a client gives with a message to append. */
export interface Draft {
  readonly flags: readonly string[];
  /** Milliseconds since the epoch. */
  readonly internalDate: number;
  readonly raw: Buffer;
}

/**
 * Reads `[(flags)] [date]`, which stand before the literal.
 * @throws BadCommand on an unknown system flag, or a date that this server does not take
 */
export function draftOf(session: Session, args: readonly Arg[]): Omit<Draft, 'raw'> {
  const hasFlags = args[0]?.kind === 'list';
  const rest = hasFlags ? args.slice(1) : args;
  atMost(rest, 1);
  const flags = hasFlags ? parseFlags(textsOf(args[0], 'flag')) : [];
  return { flags, internalDate: dateIn(session, rest[0]) };
}

function dateIn(session: Session, arg: Arg | undefined): number {
  const { clock, habits } = session.house.settings;
  // To the second, as the wire shows it.
  const now = Math.floor(clock.now() / 1000) * 1000;
  if (!arg) return now;
  const parsed = arg.kind === 'string' ? parseDateTime(arg.text) : { kind: 'malformed' as const };
  if (parsed.kind === 'date') return parsed.at;
  if (parsed.kind === 'impossible' && habits.impossibleDates === 'now') return now;
  if (parsed.kind === 'impossible' && habits.impossibleDates === 'roll') return parsed.rolled;
  throw new BadCommand('Invalid internal date');
}

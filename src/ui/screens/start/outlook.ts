import { showAbout } from '../../../words/times.js';
import { plural, showBytes } from '../../../words/units.js';
import type { GoodSide } from './services.js';

/** The outlook for a move before it starts, from both sides. */
export interface Outlook {
  /** How it will be written. */
  readonly way: string;
  /** How long it takes, and at what speed; null where the source's size is not known. */
  readonly long: string | null;
  /** Expected troubles, a sentence each. */
  readonly troubles: readonly string[];
}

/** Messages a second that servers commonly take in each way, where nothing else holds them up. */
const PACE = { together: 500, oneByOne: 250 } as const;
/** Connections that write where each message waits for the server's word. */
const WRITERS = 3;
/** The largest literal that LITERAL- lets us send without waiting for the server (RFC 7888 section 5). */
const LONGEST_UNASKED = 4096;
/** Assumed bandwidth, in bytes a second: the real one is not known before the copy. */
const LINE = { bytes: 12e6, name: '100 Mbit/s' } as const;

export function outlookOf(source: GoodSide, destination: GoodSide): Outlook {
  const ms = estimate(source, destination);
  return {
    way: wayWords(destination.way),
    long: ms === null ? null : `${ms < 60_000 ? '' : 'about '}${showAbout(ms)} at ${LINE.name}`,
    troubles: [tooLarge(source, destination), noRoom(source, destination)].filter((one) => one !== null),
  };
}

function wayWords(way: string): string {
  if (way.startsWith('MULTIAPPEND')) return 'fast: MULTIAPPEND and LITERAL+';
  if (way.includes('LITERAL+')) return 'LITERAL+, a command for each message';
  if (way.includes('LITERAL-')) return 'LITERAL-: messages over 4 KB wait';
  return 'slow, no LITERAL+: each one waits';
}

/**
 * How long a move takes when nothing goes wrong: bytes by the line, and messages by what the destination wants
 * for each.
 *
 * @returns milliseconds; null where the size of the source is not known
 */
export function estimate({ messages, size }: GoodSide, { way, roundTrip }: GoodSide): number | null {
  if (size === null) return null;
  const asked = WRITERS / Math.max(0.001, roundTrip / 1000);
  const isAsked = !way.includes('LITERAL+') && !(way.includes('LITERAL-') && size.bytes <= messages * LONGEST_UNASKED);
  const pace = way.startsWith('MULTIAPPEND') ? PACE.together : PACE.oneByOne;
  const perSecond = isAsked ? Math.min(pace, asked) : pace;
  return (messages / perSecond + size.bytes / LINE.bytes) * 1000;
}

function tooLarge({ large }: GoodSide, { appendLimit }: GoodSide): string | null {
  if (appendLimit === null) return null;
  const limit = showBytes(appendLimit);
  // Messages between the limit and the size that counts as large were not listed, so they cannot be counted.
  if (large === null || large.over > appendLimit)
    return `The destination takes messages of up to ${limit}; larger ones will be listed.`;
  const over = large.sizes.filter((bytes) => bytes > appendLimit).length;
  return over === 0
    ? null
    : `${plural(over, 'message')} ${over === 1 ? 'is' : 'are'} over the size limit of ${limit} and will be listed.`;
}

function noRoom({ size }: GoodSide, { quota }: GoodSide): string | null {
  if (size === null || quota === null) return null;
  const room = Math.max(0, quota.limit - quota.used);
  if (size.bytes <= room) return null;
  const holds = `${size.is === 'about' ? 'about ' : ''}${showBytes(size.bytes)}`;
  return `The destination has room for ${showBytes(room)}, the source holds ${holds}: it will be full before the end.`;
}

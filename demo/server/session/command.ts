import type { Capability } from '../capabilities.js';
import type { Segment } from '../grammar/literal.js';
import type { Arg, AtomStyle } from '../grammar/tokens.js';
import type { Outcome } from './outcome.js';
import type { Session } from './session.js';

/** One command as it came: its tag, its name in upper case (`UID FETCH` in one), the rest of its first line. */
export interface Call {
  readonly tag: string;
  readonly name: string;
  readonly first: Segment;
}

interface Common {
  /** RFC 3501 section 3: when a client may send it. `open` is before login. */
  readonly state: 'any' | 'open' | 'authenticated' | 'selected';
  /** Unknown to the client when this is switched off. */
  readonly needs?: Capability;
  /** Untagged EXPUNGE may not be sent with its answer, as it changes the numbers (RFC 3501 section 7.4.1). */
  readonly keepsNumbers?: true;
}

/** Its arguments are small: they are all read before it runs. */
interface WholeCommand extends Common {
  readonly kind: 'whole';
  readonly atoms?: AtomStyle;
  readonly run: (session: Session, args: readonly Arg[], call: Call) => Outcome | Promise<Outcome>;
}

/** It reads its literals itself. Only APPEND does. */
interface StreamedCommand extends Common {
  readonly kind: 'streamed';
  readonly run: (session: Session, call: Call) => Promise<Outcome>;
}

export type Command = WholeCommand | StreamedCommand;
export type CommandTable = Readonly<Record<string, Command>>;

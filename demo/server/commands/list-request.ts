import { BadCommand } from '../grammar/bad-command.js';
import { type Arg, atMost, textOf, textsOf } from '../grammar/tokens.js';
import type { Session } from '../session/session.js';
import { parseStatusItems } from './status-items.js';

/** A LIST command, basic or extended (RFC 5258 section 3, RFC 5819, RFC 6154). */
export interface ListRequest {
  readonly patterns: readonly string[];
  readonly subscribedOnly: boolean;
  readonly recursive: boolean;
  readonly specialOnly: boolean;
  readonly tellSubscribed: boolean;
  readonly tellChildren: boolean;
  readonly tellSpecialUse: boolean;
  /** null: no STATUS lines. */
  readonly status: readonly string[] | null;
  /** `LIST "" ""`: only the delimiter is asked for. */
  readonly rootOnly: boolean;
}

/** @throws BadCommand */
export function parseListRequest(session: Session, args: readonly Arg[]): ListRequest {
  const selects = args[0]?.kind === 'list';
  const rest = selects ? args.slice(1) : args;
  const reference = textOf(rest[0], 'reference');
  const patterns = textsOf(rest[1], 'pattern').map((pattern) => reference + pattern);
  const extended = selects || rest[1]?.kind === 'list' || rest.length > 2;
  if (extended && !session.has('LIST-EXTENDED')) throw new BadCommand('Invalid pattern');
  atMost(rest, 4);
  if (rest.length > 2 && (textOf(rest[2], 'option').toUpperCase() !== 'RETURN' || rest[3]?.kind !== 'list')) {
    throw new BadCommand('Invalid options');
  }
  const selection = selects ? textsOf(args[0], 'selection option').map((text) => text.toUpperCase()) : [];
  const wanted = returnOptions(session, rest[3]?.kind === 'list' ? rest[3].items : []);
  checkSelection(session, selection);
  return {
    patterns,
    subscribedOnly: selection.includes('SUBSCRIBED'),
    recursive: selection.includes('RECURSIVEMATCH'),
    specialOnly: selection.includes('SPECIAL-USE'),
    tellSubscribed: wanted.names.has('SUBSCRIBED') || selection.includes('SUBSCRIBED'),
    tellChildren: session.has('CHILDREN') && (!extended || wanted.names.has('CHILDREN')),
    tellSpecialUse:
      session.has('SPECIAL-USE') && (!extended || wanted.names.has('SPECIAL-USE') || selection.includes('SPECIAL-USE')),
    status: wanted.status,
    rootOnly: !extended && textOf(rest[1], 'pattern') === '',
  };
}

function checkSelection(session: Session, selection: readonly string[]): void {
  for (const option of selection) {
    const known = option === 'SUBSCRIBED' || option === 'RECURSIVEMATCH' || option === 'REMOTE';
    if (!known && !(option === 'SPECIAL-USE' && session.has('SPECIAL-USE')))
      throw new BadCommand('Unknown select options');
  }
  if (selection.includes('RECURSIVEMATCH') && !selection.includes('SUBSCRIBED')) {
    throw new BadCommand('RECURSIVEMATCH alone is no selection');
  }
}

function returnOptions(
  session: Session,
  items: readonly Arg[],
): { readonly names: ReadonlySet<string>; readonly status: readonly string[] | null } {
  const names = new Set<string>();
  let status: readonly string[] | null = null;
  for (let at = 0; at < items.length; at += 1) {
    const name = textOf(items[at], 'return option').toUpperCase();
    if (name === 'STATUS' && session.has('LIST-STATUS')) {
      at += 1;
      status = parseStatusItems(session, textsOf(items[at], 'status items'));
    } else if (name === 'SUBSCRIBED' || name === 'CHILDREN' || (name === 'SPECIAL-USE' && session.has('SPECIAL-USE'))) {
      names.add(name);
    } else throw new BadCommand('Unknown return options');
  }
  return { names, status };
}

import { BadCommand } from '../grammar/bad-command.js';
import { formatNumbers } from '../grammar/number-set.js';
import { parseSearchKeys } from '../grammar/search-keys.js';
import { type Arg, textOf, textsOf } from '../grammar/tokens.js';
import { quoted } from '../grammar/write.js';
import type { Call, CommandTable } from '../session/command.js';
import { no, type Outcome, ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import { matching } from './search-match.js';

/** SEARCH and UID SEARCH (RFC 3501 section 6.4.4), with RETURN (RFC 4731). */
export const SEARCH: CommandTable = {
  SEARCH: {
    kind: 'whole',
    state: 'selected',
    keepsNumbers: true,
    run: (session, args, call) => search(session, args, call, 'sequence'),
  },
  'UID SEARCH': {
    kind: 'whole',
    state: 'selected',
    keepsNumbers: true,
    run: (session, args, call) => search(session, args, call, 'uid'),
  },
};

function search(session: Session, args: readonly Arg[], call: Call, by: 'uid' | 'sequence'): Outcome {
  const selection = session.selection!;
  const wanted = returnOptions(session, args);
  let rest = wanted ? args.slice(2) : args;
  if (rest[0]?.kind === 'atom' && rest[0].text.toUpperCase() === 'CHARSET') {
    const charset = textOf(rest[1], 'charset').toUpperCase();
    if (charset !== 'UTF-8' && charset !== 'US-ASCII') return no('[BADCHARSET] Unknown charset');
    rest = rest.slice(2);
  }
  const matches = matching(parseSearchKeys(rest), selection);
  const found = selection
    .all()
    .filter(matches)
    .map(({ message, sequence }) => (by === 'uid' ? message.uid : sequence));
  if (!wanted) session.out.line(`* SEARCH${found.map((number) => ` ${number}`).join('')}`);
  else session.out.line(extended(wanted, found, call, by));
  return ok('Search completed.');
}

/** null: the answer is a plain SEARCH line. */
function returnOptions(session: Session, args: readonly Arg[]): ReadonlySet<string> | null {
  const asked = args[0]?.kind === 'atom' && args[0].text.toUpperCase() === 'RETURN' && args[1]?.kind === 'list';
  if (!asked || !session.has('ESEARCH')) return null;
  const options = textsOf(args[1], 'return option').map((option) => option.toUpperCase());
  if (options.some((option) => !['MIN', 'MAX', 'COUNT', 'ALL'].includes(option))) {
    throw new BadCommand('Unknown SEARCH return option');
  }
  return new Set(options.length > 0 ? options : ['ALL']);
}

function extended(wanted: ReadonlySet<string>, found: readonly number[], call: Call, by: 'uid' | 'sequence'): string {
  const parts = [`* ESEARCH (TAG ${quoted(call.tag)})`];
  if (by === 'uid') parts.push('UID');
  if (wanted.has('MIN') && found.length > 0) parts.push(`MIN ${found[0]}`);
  if (wanted.has('MAX') && found.length > 0) parts.push(`MAX ${found.at(-1)}`);
  if (wanted.has('ALL') && found.length > 0) parts.push(`ALL ${formatNumbers(found)}`);
  if (wanted.has('COUNT')) parts.push(`COUNT ${found.length}`);
  return parts.join(' ');
}

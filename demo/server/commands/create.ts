import { BadCommand } from '../grammar/bad-command.js';
import { type Arg, atMost, textOf, textsOf } from '../grammar/tokens.js';
import type { CommandTable } from '../session/command.js';
import { no, type Outcome, ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import { may } from '../store/rights.js';
import { accountOf, NO_PERMISSION, pathIn } from './folder-argument.js';
import { parentsOf } from './subscriptions.js';

/** RFC 6154 section 2, and RFC 8457's \Important. */
const SPECIAL_USES = ['\\All', '\\Archive', '\\Drafts', '\\Flagged', '\\Junk', '\\Sent', '\\Trash', '\\Important'];

/** CREATE (RFC 3501 section 6.3.3), with USE (RFC 6154 section 3). */
export const CREATE: CommandTable = {
  CREATE: {
    kind: 'whole',
    state: 'authenticated',
    run: (session, args) => {
      atMost(args, 2);
      const use = useIn(session, args[1]);
      const named = pathIn(session, args[0]);
      if (named.kind === 'refused') return named.outcome;
      const { delimiter } = session.house.settings;
      const holdsNames = named.path.endsWith(delimiter) && named.path !== delimiter;
      const path = holdsNames ? named.path.slice(0, -delimiter.length) : named.path;
      const refused = refusalOfName(session, path);
      if (refused) return refused;
      if (use !== null && !SPECIAL_USES.includes(use)) return no('[USEATTR] This special use is not supported.');
      const account = accountOf(session);
      const there = account.find(path);
      // A name that only held others becomes a folder.
      if (there && !(there.noselect && !holdsNames)) return no('[ALREADYEXISTS] Mailbox already exists');
      if (there) there.noselect = false;
      const folder = there ?? account.addFolder(path, { noselect: holdsNames });
      if (use !== null) folder.specialUse = use;
      return ok('Create completed.');
    },
  },
};

function useIn(session: Session, arg: Arg | undefined): string | null {
  if (!arg) return null;
  if (!session.has('CREATE-SPECIAL-USE') || arg.kind !== 'list') throw new BadCommand('Invalid parameters');
  if (textOf(arg.items[0], 'parameter').toUpperCase() !== 'USE' || arg.items.length !== 2) {
    throw new BadCommand('Invalid parameters');
  }
  const [use] = textsOf(arg.items[1], 'special use');
  if (use === undefined) return null;
  return SPECIAL_USES.find((known) => known.toLowerCase() === use.toLowerCase()) ?? use;
}

/** Why no folder can be made under this name; null when one can. */
export function refusalOfName(session: Session, path: string): Outcome | null {
  const { delimiter, refuseName } = session.house.settings;
  if (path === '') return no('[CANNOT] Invalid mailbox name: Name is empty');
  if (path.startsWith(delimiter)) return no('[CANNOT] Invalid mailbox name: Begins with hierarchy separator');
  if (path.includes(delimiter + delimiter))
    return no('[CANNOT] Invalid mailbox name: Has adjacent hierarchy separators');
  const refusal = refuseName(path);
  if (refusal !== null) return no(refusal);
  const account = accountOf(session);
  const above = parentsOf(path, delimiter).map((parent) => account.find(parent));
  return above.some((folder) => folder && !may(folder, 'k')) ? NO_PERMISSION : null;
}

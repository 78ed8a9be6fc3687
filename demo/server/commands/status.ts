import { BadCommand } from '../grammar/bad-command.js';
import { atMost, textsOf } from '../grammar/tokens.js';
import type { CommandTable } from '../session/command.js';
import { ok } from '../session/outcome.js';
import { may } from '../store/rights.js';
import { folderIn, NO_PERMISSION } from './folder-argument.js';
import { parseStatusItems, statusLine } from './status-items.js';

/** STATUS (RFC 3501 section 6.3.10). */
export const STATUS: CommandTable = {
  STATUS: {
    kind: 'whole',
    state: 'authenticated',
    run: (session, args) => {
      atMost(args, 2);
      if (args[1]?.kind !== 'list') throw new BadCommand('Status items missing');
      const items = parseStatusItems(session, textsOf(args[1], 'status items'));
      const found = folderIn(session, args[0], '');
      if (found.kind === 'refused') return found.outcome;
      if (!may(found.folder, 'r')) return NO_PERMISSION;
      session.out.line(statusLine(session, found.path, found.folder, items));
      // RFC 3501 section 6.3.10: STATUS is not for the selected folder. Dovecot says so, and answers.
      const selected = session.selection?.folder === found.folder;
      return ok(`${selected ? '[CLIENTBUG] ' : ''}Status completed.`);
    },
  },
};

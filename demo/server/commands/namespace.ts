import { quoted } from '../grammar/write.js';
import type { CommandTable } from '../session/command.js';
import { ok } from '../session/outcome.js';

/** NAMESPACE (RFC 2342): personal, other users', shared. */
export const NAMESPACE: CommandTable = {
  NAMESPACE: {
    kind: 'whole',
    state: 'authenticated',
    needs: 'NAMESPACE',
    run: (session) => {
      const { prefix, otherUsers, shared, delimiter } = session.house.settings;
      const written = (prefixes: readonly string[]) =>
        prefixes.length === 0
          ? 'NIL'
          : `(${prefixes.map((each) => `(${quoted(each)} ${quoted(delimiter)})`).join('')})`;
      session.out.line(`* NAMESPACE ${written([prefix])} ${written(otherUsers)} ${written(shared)}`);
      return ok('Namespace completed.');
    },
  },
};

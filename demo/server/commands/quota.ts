import { atMost, textOf } from '../grammar/tokens.js';
import { astring, folderName, quoted } from '../grammar/write.js';
import type { CommandTable } from '../session/command.js';
import { no, ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import { usageOf } from '../store/quota.js';
import { accountOf, pathIn } from './folder-argument.js';

/** The one root: it holds all folders of the user. */
const ROOT = 'User quota';

/** GETQUOTA and GETQUOTAROOT (RFC 9208 section 4.1). */
export const QUOTA: CommandTable = {
  GETQUOTAROOT: {
    kind: 'whole',
    state: 'authenticated',
    needs: 'QUOTA',
    run: (session, args) => {
      atMost(args, 1);
      // The folder need not be there: all names lie under the one root.
      const named = pathIn(session, args[0]);
      if (named.kind === 'refused') return named.outcome;
      const line = quotaLine(session);
      if (line === null) return ok('No quota');
      session.out.line(`* QUOTAROOT ${folderName(named.path)} ${quoted(ROOT)}`);
      session.out.line(line);
      return ok('Getquotaroot completed.');
    },
  },
  GETQUOTA: {
    kind: 'whole',
    state: 'authenticated',
    needs: 'QUOTA',
    run: (session, args) => {
      atMost(args, 1);
      const line = quotaLine(session);
      if (textOf(args[0], 'quota root') !== ROOT || line === null) return no("Quota root doesn't exist");
      session.out.line(line);
      return ok('Getquota completed.');
    },
  },
};

/** STORAGE counts in units of 1,024 bytes (RFC 9208 section 5.1); null when nothing limits this user. */
function quotaLine(session: Session): string | null {
  const account = accountOf(session);
  const { storageBytes, messages } = account.quota;
  if (storageBytes === undefined && messages === undefined) return null;
  const used = usageOf(account);
  const resources: string[] = [];
  if (storageBytes !== undefined) {
    resources.push(`STORAGE ${Math.ceil(used.bytes / 1024)} ${Math.floor(storageBytes / 1024)}`);
  }
  if (messages !== undefined) resources.push(`MESSAGE ${used.messages} ${messages}`);
  return `* QUOTA ${astring(ROOT)} (${resources.join(' ')})`;
}

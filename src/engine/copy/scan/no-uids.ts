import { UidSet } from '../../../store/uid/uid-set.js';
import { keepsNoUids } from '../findings.js';
import type { CopyContext } from '../job.js';

/** Notes, once a pass, which server was seen to keep no UIDs (RFC 9051 section 2.3.1.1). */
export function tellOfNoUids(context: CopyContext): void {
  const { source, destination } = context.connections;
  for (const { wire, uidValidities } of [source.fetch, destination.read]) {
    if (uidValidities.lasting) continue;
    const finding = keepsNoUids(wire.side);
    context.log('warn', null, `${wire.side}: ${finding.response}`);
    const command = wire.side === 'source' ? 'EXAMINE' : 'SELECT';
    context.fail({ side: wire.side, command, folder: null, uids: new UidSet(), ...finding });
  }
}

import type { Limit } from '../../copy/prepare/preparation.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import type { OpenLines } from '../../login/open-lines.js';

/** APPENDLIMIT of the server (RFC 7889: `APPENDLIMIT=n`), or of the folder where that is less. */
export function appendLimit({ lines }: OpenLines, { appendLimit: ofFolder }: FolderStatus): Limit | null {
  let ofServer: number | null = null;
  for (const capability of lines.destination.session.capabilities) {
    const m = /^APPENDLIMIT=(\d+)$/.exec(capability);
    if (m) ofServer = Number(m[1]);
  }
  if (ofFolder !== null && ofFolder > 0 && (ofServer === null || ofFolder < ofServer))
    return { bytes: ofFolder, whose: 'the folder' };
  return ofServer === null ? null : { bytes: ofServer, whose: 'the destination' };
}

import type { FolderStatus } from '../../imap/commands/status.js';
import type { Ceiling } from '../findings.js';

/** Bytes over which a message is not taken, and who says so. */
export interface Limit {
  readonly bytes: number;
  readonly whose: Ceiling;
}

/** APPENDLIMIT of the server (RFC 7889: `APPENDLIMIT=n`), or of the folder where that is less; null: none is told. */
export function appendLimit(
  capabilities: ReadonlySet<string>,
  { appendLimit: ofFolder }: Pick<FolderStatus, 'appendLimit'>,
): Limit | null {
  let ofServer: number | null = null;
  for (const capability of capabilities) {
    const m = /^APPENDLIMIT=(\d+)$/.exec(capability);
    if (m) ofServer = Number(m[1]);
  }
  if (ofFolder !== null && ofFolder > 0 && (ofServer === null || ofFolder < ofServer))
    return { bytes: ofFolder, whose: 'the folder' };
  return ofServer === null ? null : { bytes: ofServer, whose: 'the destination' };
}

/** The lesser of what the server takes and what the operator allows. @param maxSize  of `--max-size`, in bytes */
export function ceiling(server: Limit | null, maxSize: number | null): Limit | null {
  if (maxSize !== null && (server === null || maxSize < server.bytes)) return { bytes: maxSize, whose: '--max-size' };
  return server;
}

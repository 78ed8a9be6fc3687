import type { FolderStatus } from '../../imap/commands/status.js';
import type { KnownServer } from '../../profiles/profile.js';
import type { Ceiling } from '../findings.js';

/** Bytes over which a message is not taken, and who says so. */
export interface Limit {
  readonly bytes: number;
  readonly whose: Ceiling;
}

/**
 * APPENDLIMIT of the server (RFC 7889: `APPENDLIMIT=n`), or of the folder where that is less. A server that announces none
 * is taken by its profile; null: nothing is known.
 */
export function appendLimit(
  capabilities: ReadonlySet<string>,
  { appendLimit: ofFolder }: Pick<FolderStatus, 'appendLimit'>,
  { values }: Pick<KnownServer, 'values'>,
): Limit | null {
  const ofServer = limitOfServer(capabilities);
  if (ofFolder !== null && ofFolder > 0 && (ofServer === null || ofFolder < ofServer))
    return { bytes: ofFolder, whose: 'the folder' };
  if (ofServer !== null) return { bytes: ofServer, whose: 'the destination' };
  const { messageBytes } = values;
  return messageBytes === null ? null : { bytes: messageBytes, whose: 'the profile of the destination' };
}

/** The lesser of what the server takes and what the operator allows. @param maxSize  of `--max-size`, in bytes */
export function ceiling(server: Limit | null, maxSize: number | null): Limit | null {
  if (maxSize !== null && (server === null || maxSize < server.bytes)) return { bytes: maxSize, whose: '--max-size' };
  return server;
}

/** Bytes over which the server takes no message, as it announces (RFC 7889); null: it announces none. */
export function limitOfServer(capabilities: ReadonlySet<string>): number | null {
  for (const one of capabilities) {
    const limit = /^APPENDLIMIT=(\d{1,15})$/i.exec(one);
    // A limit that is no number is read as 0; whether nothing is taken at all is found out by APPEND.
    if (limit) return Number(limit[1]) || null;
  }
  return null;
}

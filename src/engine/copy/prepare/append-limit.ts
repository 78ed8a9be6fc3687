import type { Ceiling } from '../../../words/advice/advice.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import type { KnownServer } from '../../profiles/profile.js';

/** The size in bytes above which a message is refused, and who set it. */
export interface Limit {
  readonly bytes: number;
  readonly whose: Ceiling;
}

/**
 * The limit that the server announces (RFC 7889: `APPENDLIMIT=n`), or that of the folder where it is smaller. For a
 * server that announces none, its profile answers; null: no limit is known.
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

/** The smaller of the server's limit and the operator's. @param maxSize  of `--max-size`, in bytes */
export function ceiling(server: Limit | null, maxSize: number | null): Limit | null {
  if (maxSize !== null && (server === null || maxSize < server.bytes)) return { bytes: maxSize, whose: '--max-size' };
  return server;
}

/** The limit that the server announces (RFC 7889), in bytes; null: it announces none. */
export function limitOfServer(capabilities: ReadonlySet<string>): number | null {
  for (const one of capabilities) {
    const limit = /^APPENDLIMIT=(\d{1,15})$/i.exec(one);
    // APPENDLIMIT=0 is read as no limit. If the server really takes nothing, APPEND is refused.
    if (limit) return Number(limit[1]) || null;
  }
  return null;
}

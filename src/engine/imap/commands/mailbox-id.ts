import { SHORT } from '../connection/silence-limits.js';
import type { Response } from '../grammar/response-reader.js';
import type { Session } from '../session/session.js';

const MAILBOXID = /\bMAILBOXID \(([\w-]{1,255})\)/i;

/**
 * MAILBOXID of INBOX (RFC 8474 section 4). Two logins with the same one see one mailbox.
 *
 * @returns null where the server does not tell it
 * @throws ConnectionLost
 */
export async function readInboxId({ wire, capabilities }: Session): Promise<string | null> {
  if (!capabilities.has('OBJECTID')) return null;
  let id: string | null = null;
  const onData = ({ text }: Response) => {
    const found = /^\* STATUS /i.test(text) ? MAILBOXID.exec(text) : null;
    if (found) id = found[1]!;
    return found !== null;
  };
  await wire.command('STATUS', ['STATUS INBOX (MAILBOXID)'], { onData, patience: SHORT });
  return id;
}

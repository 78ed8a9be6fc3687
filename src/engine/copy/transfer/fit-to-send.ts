import type { Literal } from '../../imap/grammar/response-reader.js';
import { type Finding, finding } from '../../responses/finding.js';
import type { Ready } from '../bodies/body-check.js';
import type { CopyContext, FolderJob } from '../job.js';
import { failMessages } from './fail-messages.js';

const LF = 10;

const lineTooLong = (limit: number): Finding =>
  finding(
    { key: 'line too long', octets: limit },
    'message-policy',
    'message',
    'skip-message',
    'engine:line-too-long',
    { key: 'line too long' },
  );

/**
 * Leaves out and enters messages with lines that the destination is known to refuse. Some servers end the connection
 * after a few refusals.
 */
export function fitToSend(context: CopyContext, job: FolderJob, ready: readonly Ready[]): readonly Ready[] {
  const { lineOctets } = context;
  if (lineOctets === null) return ready;
  return ready.filter(({ message: { uid }, prepared }) => {
    if (!hasLongLine(prepared.outgoing.body, lineOctets)) return true;
    failMessages(context, job, [uid], { side: 'destination', command: 'APPEND', ...lineTooLong(lineOctets) });
    return false;
  });
}

/** @param most  octets of a line without its end */
function hasLongLine({ slices, length }: Literal, most: number): boolean {
  if (length <= most) return false;
  let line = 0;
  for (const slice of slices) {
    for (let from = 0; from < slice.length; ) {
      const end = slice.indexOf(LF, from);
      line += (end < 0 ? slice.length : end) - from;
      // A CR in front of the LF is no octet of the line.
      if (line > most + 1) return true;
      if (end < 0) break;
      line = 0;
      from = end + 1;
    }
  }
  return line > most;
}

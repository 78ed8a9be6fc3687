import { showDuration, showMinute } from '../../../words/times.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import type { PassParts } from './pass-parts.js';

/**
 * Waits until messages that were sent and never answered are stored, or never will be: a server that looks for viruses
 * may store them minutes after its line was given up. Everything else goes on before.
 *
 * @returns whether there are such messages in the folder
 * @throws the reason of the signal
 */
export async function waitUntilStored(
  { context: { clock, signal, log }, memory: { inquiry } }: Pick<PassParts, 'context' | 'memory'>,
  { source, destination }: FolderPair,
): Promise<boolean> {
  const messages = inquiry.sentUnanswered(source.wire).size;
  if (messages === 0) return false;
  const left = inquiry.sent.storedBy - clock.monotonic();
  if (left > 0) {
    const until = showMinute(clock.now() + left, clock.now());
    const which = messages === 1 ? 'a message that it may' : `${messages} messages that it may`;
    log(
      'info',
      source.name,
      `the destination gave no answer to ${which} store still in ${destination.name}: waits ${showDuration(left)}, until ${until}, and looks before it sends again`,
    );
    await clock.sleep(left, signal);
    signal.throwIfAborted();
  }
  return true;
}

import type { Clock } from '../../../words/clock.js';
import { showDuration } from '../../../words/times.js';
import { OversizedResponse } from '../connection/oversized-response.js';
import { LOGIN_IN_ALL } from '../connection/silence-limits.js';

/** The most bytes until a login has ended. Greeting, capabilities and a login are a few kilobytes. */
const MOST_BYTES = 1024 * 1024;
/** Milliseconds between two looks at the socket, so that a flood is seen before it fills the memory. */
const LOOK = 50;

/** A socket that imapflow reads. */
interface Read {
  readonly bytesRead?: number;
  destroy(error: Error): unknown;
}

/**
 * Ends a login that takes forever, or whose server floods it. Before the connection is ours, only the number of its
 * bytes is known.
 *
 * @param socket the socket as it is now; null before there is one
 * @param over   aborted when the login has ended
 */
export function boundLogin(
  socket: () => Read | null,
  clock: Clock,
  over: AbortSignal,
  after: Promise<unknown> = Promise.resolve(),
): void {
  const looking = setInterval(() => {
    const bytes = socket()?.bytesRead ?? 0;
    if (bytes > MOST_BYTES)
      socket()?.destroy(new OversizedResponse(`the server sent ${bytes} bytes before the login was done`));
  }, LOOK);
  looking.unref();
  over.addEventListener('abort', () => clearInterval(looking), { once: true });
  void after
    .then(() => clock.sleep(LOGIN_IN_ALL, over))
    .then(() => {
      if (!over.aborted)
        socket()?.destroy(
          Object.assign(new Error(`no login within ${showDuration(LOGIN_IN_ALL)}, though the connection was up`), {
            code: 'ETIMEDOUT',
          }),
        );
    })
    .catch(() => {});
}

import type { Clock } from '../../../words/clock.js';
import type { Sent } from './channel.js';

interface Try {
  /** Milliseconds. */
  readonly limit: number;
  readonly clock: Clock;
  /** Gives the try up. */
  readonly signal: AbortSignal;
}

/**
 * Makes one try to send over the network, for so long at most. It never rejects, because nobody may wait for a notice
 * whose URL cannot be used.
 *
 * @param send  is told by its signal when the try is over, however it ended
 */
export async function oneTry({ limit, clock, signal }: Try, send: (over: AbortSignal) => Promise<Sent>): Promise<Sent> {
  const over = new AbortController();
  const late = clock
    .sleep(limit, AbortSignal.any([signal, over.signal]))
    .then((): Sent => (signal.aborted ? { kind: 'cut short' } : { kind: 'too late', seconds: limit / 1000 }));
  try {
    return await Promise.race([send(over.signal), late]);
  } catch (error) {
    return { kind: 'not reached', code: codeOf(error) };
  } finally {
    over.abort();
  }
}

/** The code alone, because texts of errors may repeat the URL. */
function codeOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  for (const one of [cause, error]) {
    if (typeof one === 'object' && one !== null && 'code' in one && typeof one.code === 'string') return one.code;
  }
  return 'no answer';
}

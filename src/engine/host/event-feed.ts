import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eventLine, line } from '../../protocol/event-line.js';
import type { Clock } from '../../words/clock.js';
import type { EventMirror } from './event-mirror.js';

/** Changes go out at most four times a second. */
const FEED_EVERY_MS = 250;
/** The first change after a snapshot is looked for sooner: an engine that is starting has its mailboxes in a moment. */
const FIRST_CHANGE = { every: 20, rounds: 25 } as const;
/** The engine's thread belongs to the copy: a slice of a snapshot takes no longer. */
const LONGEST_SLICE_MS = 10;
/** Characters that go out in one write: a call of the system for each of 50,000 mailboxes takes longer than all else. */
const BLOCK = 64 * 1024;

type Progress = 'caught-up' | 'stalled' | 'more';

/**
 * Feeds one console: everything there is, then what changes, latest state only. It writes nothing
 * while the console has not read what it was given, and holds nothing for it but five numbers.
 * Ends with the batch, or when the console is gone.
 *
 * @param until  `gone`: nobody reads any more; `hurry`: that, or the batch has ended (one signal for a
 *               console's whole life: AbortSignal.any() leaks a little each time it is called)
 */
export async function feed(
  socket: Writable,
  mirror: EventMirror,
  clock: Clock,
  until: { readonly gone: AbortSignal; readonly hurry: AbortSignal },
): Promise<void> {
  const { gone, hurry } = until;
  const places = mirror.tracks.map(() => 0);
  let greeted = false;
  let seen = -1;
  let patient = 0;
  while (!gone.aborted) {
    const ended = mirror.ended.aborted;
    const upTo = mirror.seq;
    const progress = seen === upTo ? 'caught-up' : sendSlice(socket, mirror, places);
    if (progress === 'stalled') await once(socket, 'drain', { signal: gone }).catch(() => undefined);
    if (progress === 'more') await nextTurn();
    if (progress !== 'caught-up') continue;
    if (greeted && seen !== upTo) patient = FIRST_CHANGE.rounds;
    seen = upTo;
    if (!greeted) socket.write(line({ caughtUp: true }));
    greeted = true;
    if (ended) return;
    patient += 1;
    await clock.sleep(patient <= FIRST_CHANGE.rounds ? FIRST_CHANGE.every : FEED_EVERY_MS, hurry);
  }
}

function sendSlice(socket: Writable, mirror: EventMirror, places: number[]): Progress {
  if (socket.writableNeedDrain) return 'stalled';
  const until = performance.now() + LONGEST_SLICE_MS;
  let block = '';
  const send = (): boolean => {
    const text = block;
    block = '';
    return text === '' || socket.write(text);
  };
  for (const [index, track] of mirror.tracks.entries()) {
    for (const { seq, event } of track.since(places[index] ?? 0)) {
      places[index] = seq;
      block += eventLine(event);
      if (block.length >= BLOCK && !send()) return 'stalled';
      if (performance.now() > until) return send() ? 'more' : 'stalled';
    }
  }
  return send() ? 'caught-up' : 'stalled';
}

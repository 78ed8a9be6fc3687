/** A message to be copied, by what the scan told of it. */
export interface Todo {
  readonly uid: number;
  /** RFC822.SIZE, in bytes. */
  readonly size: number;
}

/** Messages that are fetched and appended together. */
export interface TodoChunk {
  readonly uids: readonly number[];
  readonly bytes: number;
}

/** Batches of 10 to 1,000 messages are equally fast. A refused batch is halved, so a small one costs less. */
const MOST_MESSAGES = 100;
const MOST_BYTES = 1024 * 1024;

/**
 * Cuts a folder's messages into chunks of at most 100 messages and about 1 MB; a larger message
 * goes alone.
 *
 * @param alone UIDs that were in flight when a connection dropped more than once: each goes alone
 */
export function* chunksOf(todo: Iterable<Todo>, alone: (uid: number) => boolean): Generator<TodoChunk> {
  let uids: number[] = [];
  let bytes = 0;
  for (const { uid, size } of todo) {
    const apart = alone(uid) || size === 0;
    const full = uids.length > 0 && (apart || uids.length >= MOST_MESSAGES || bytes + size > MOST_BYTES);
    if (full) {
      yield { uids, bytes };
      uids = [];
      bytes = 0;
    }
    uids.push(uid);
    bytes += size;
    if (apart) {
      yield { uids, bytes };
      uids = [];
      bytes = 0;
    }
  }
  if (uids.length > 0) yield { uids, bytes };
}

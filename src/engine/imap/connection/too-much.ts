/** A server sends more than can be meant: the connection is dropped rather than memory filled. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
  readonly code = 'TOO_MUCH';
}

/** A server sends more than can be meant: the connection is dropped rather than memory filled. */
export class OversizedResponse extends Error {
  override readonly name = 'OversizedResponse';
  readonly code = 'TOO_MUCH';
}

/** A server sends more than any response can mean. The connection is dropped before it fills the memory. */
export class OversizedResponse extends Error {
  override readonly name = 'OversizedResponse';
  readonly code = 'TOO_MUCH';
}

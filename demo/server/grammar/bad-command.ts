/** A command that does not parse, or is not allowed in this state: the answer is BAD. */
export class BadCommand extends Error {
  override readonly name = 'BadCommand';
}

/** A non-synchronizing literal that the server never allowed: BAD, and the line is dropped (RFC 7888 section 4). */
export class BadLiteral extends BadCommand {}

/** The line is gone in the middle of a command; nobody waits for an answer. */
export class LineGone extends Error {
  override readonly name = 'LineGone';
}

/** Characters of a response that an error ledger keeps. The log has more; a lost cause is looked for there by these. */
export const LONGEST_RESPONSE = 2_000;

/** Characters of a normalised response that are compared. */
const LONGEST_CAUSE = 300;

/**
 * The cause that a response names, without the parts that differ from message to message: the tag, addresses, ids,
 * numbers, and how many numbers a list has. Two responses with the same cause are one line of the error ledger.
 */
export function causeOf(response: string): string {
  return withOneNumber(normalised(response)).slice(0, LONGEST_CAUSE);
}

/** The cause as earlier builds wrote it, with each number of a list kept as its own. */
export function formerCauseOf(response: string): string {
  return normalised(response).slice(0, LONGEST_CAUSE);
}

/**
 * Folds lists of numbers in a cause that an earlier build wrote. Dovecot ends a response with `(0.001 + 0.000 + 0.002
 * secs)`, or with one time less.
 */
export function withOneNumber(cause: string): string {
  return cause.replace(/#(?:(?: ?[+,;&/-] ?| and )#)+/g, '#');
}

function normalised(response: string): string {
  return response
    .slice(0, LONGEST_CAUSE * 8)
    .replace(/^\S+ +(?=(?:OK|NO|BAD|BYE|PREAUTH)\b)/i, '')
    .replace(/<[^<>\s]*@[^<>\s]*>|[^\s<>"'(),;:@]+@[^\s<>"'(),;]*[\w-]/g, '<address>')
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<id>')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}\b/gi, '<ip>')
    .replace(/[A-Za-z0-9+/=_.-]{8,}/g, (word) => (isId(word) ? '<id>' : word))
    .replace(/\d+(?:[.,:/-]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Whether a word is an id: digits among letters, more than once, as in a session, a queue id, or a host of a cluster.
 * Words and codes have none.
 */
function isId(word: string): boolean {
  return /[A-Za-z]/.test(word) && (word.match(/\d+/g)?.length ?? 0) > 1;
}

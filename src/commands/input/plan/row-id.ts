import { createHash } from 'node:crypto';

/** Letters that need no change; an address of these alone keeps a readable id without a hash. */
const PLAIN = /^[a-z0-9][a-z0-9.-]*@[a-z0-9][a-z0-9.-]*$/;
const LONGEST = 100;

/**
 * A mailbox's id: safe as a file name, unique in its batch, readable. `ann@old.example` becomes
 * `ann_old.example`; where characters had to go, a short hash of the address keeps it apart.
 *
 * @param taken  ids given in this batch so far; the new one is added
 */
export function rowId(email: string, taken: Set<string>): string {
  const lower = email.toLowerCase();
  const plain = PLAIN.test(lower) && lower.length <= LONGEST;
  let id = plain ? lower.replace('@', '_') : `${safeName(lower)}-${shortHash(lower)}`;
  for (let n = 2; taken.has(id); n += 1) id = `${safeName(lower)}-${shortHash(`${n} ${lower}`)}`;
  taken.add(id);
  return id;
}

/** Keeps of a text only letters, digits, `.`, `_` and `-`, without a leading dot. */
export function safeName(text: string): string {
  return (
    text
      .replace(/[^A-Za-z0-9._-]+/g, '_')
      .replace(/^[._-]+/, '')
      .slice(0, LONGEST) || 'x'
  );
}

/** Eight hex digits of SHA-256: names apart, no secret. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

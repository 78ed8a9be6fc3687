/** The most UIDs of a list. No honest answer names more, and a hostile one must not fill the memory. */
const MOST = 1_000_000;

/**
 * The UIDs of APPENDUID and COPYUID in the order they are written (RFC 4315 section 3): a range is
 * ascending whichever way it is written, and the order between ranges counts.
 *
 * @returns null where the text is no such list or names more than a million
 */
export function parseUidList(text: string): number[] | null {
  const uids: number[] = [];
  for (const part of text.split(',')) {
    const m = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part);
    if (!m) return null;
    const first = Number(m[1]);
    const last = m[2] === undefined ? first : Number(m[2]);
    const [low, high] = first <= last ? [first, last] : [last, first];
    if (low < 1 || high > 0xffffffff || uids.length + high - low >= MOST) return null;
    for (let uid = low; uid <= high; uid++) uids.push(uid);
  }
  return uids;
}

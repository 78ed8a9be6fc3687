/** The text typed after `/`: every word must be found, a word after `!` must not. */
export interface TextFilter {
  readonly text: string;
  readonly matches: (haystack: string) => boolean;
}

/**
 * Words, in any order and any case; `!word` leaves out what has it, and a leading `!` alone inverts the
 * whole. A text without words matches everything.
 */
export function textFilter(text: string): TextFilter {
  const trimmed = text.trim();
  const inverted = /^!\s/.test(trimmed);
  const words = (inverted ? trimmed.slice(1) : trimmed)
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '!');
  if (words.length === 0) return { text: trimmed, matches: () => true };
  const wanted = words.filter((word) => !word.startsWith('!'));
  const unwanted = words.filter((word) => word.startsWith('!')).map((word) => word.slice(1));
  const all = (haystack: string): boolean => {
    const lower = haystack.toLowerCase();
    return wanted.every((word) => lower.includes(word)) && !unwanted.some((word) => lower.includes(word));
  };
  return { text: trimmed, matches: inverted ? (haystack) => !all(haystack) : all };
}

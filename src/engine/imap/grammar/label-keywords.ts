/** Keywords of system labels. A label that is not here keeps its name. */
const SYSTEM: Readonly<Record<string, string | null>> = {
  // The flags `\Flagged` and `\Draft` say the same.
  '\\starred': null,
  '\\draft': null,
  // The keyword of RFC 8457.
  '\\important': '$Important',
};

/** Characters that an atom may not have (RFC 9051 section 9, `atom-specials`). */
const NO_ATOM = /[^\x21-\x7e]|[(){%*"\\\]]/g;

/**
 * A label as a keyword. Its name in modified UTF-7 is nearly a keyword: characters that an atom may not have become
 * `_`.
 *
 * @param label  as X-GM-LABELS has it, or a folder's wire name
 * @returns null where a flag says the same
 */
function keywordOfLabel(label: string): string | null {
  const system = SYSTEM[label.toLowerCase()];
  if (system !== undefined) return system;
  const keyword = label.replace(/^\\+/, '').replace(NO_ATOM, '_');
  return keyword === '' ? null : keyword;
}

/** The keywords of a message's labels, each once. */
export function keywordsOfLabels(labels: readonly string[]): readonly string[] {
  return [...new Set(labels.flatMap((label) => keywordOfLabel(label) ?? []))];
}

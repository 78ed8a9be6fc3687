/** The most different texts of one server that are shown in a run. */
const MOST_TEXTS = 50;
/** The most characters of a text that are remembered. */
const LONGEST = 1000;

/** Unsolicited texts of a server, each once: some servers repeat the same text on every connection, some without end. */
export class Notices {
  readonly #heard = new Set<string>();

  /** @returns the text to be shown; null: it was shown before, or too many were */
  hear(said: string): string | null {
    if (this.#heard.size > MOST_TEXTS) return null;
    const line = said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
    if (this.#heard.has(line)) return null;
    this.#heard.add(line);
    return this.#heard.size > MOST_TEXTS
      ? 'the server says more and more of its own accord: no more of it is shown'
      : line;
  }
}

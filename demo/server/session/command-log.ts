/** Lines kept; the oldest go in one cut when there are twice as many. */
const KEPT = 50_000;

/** The commands that clients sent, one a line: `#1 a7 APPEND INBOX (\Seen) {120+}`. No bytes of literals, no secrets. */
export class CommandLog {
  readonly lines: string[] = [];
  #cut = 0;

  /** @returns what adds text to this line, for a command that goes on after a literal */
  open(line: string): (more: string) => void {
    if (this.lines.length >= 2 * KEPT) this.#cut += this.lines.splice(0, KEPT).length;
    const place = this.#cut + this.lines.push(line) - 1;
    return (more) => {
      const index = place - this.#cut;
      if (index >= 0) this.lines[index] += more;
    };
  }
}

/** The arguments with passwords and tokens taken out. `text` holds literals as `{n}` already. */
export function withoutSecrets(command: string, text: string): string {
  if (command === 'LOGIN') return text.replace(/^("(?:[^"\\]|\\.)*"|\S+)\s.*$/s, '$1 ***');
  if (command === 'AUTHENTICATE') return text.replace(/^(\S+)\s.*$/s, '$1 ***');
  return text;
}

import xterm from '@xterm/headless';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Whether what is looked for is seen. @param lines of the screen, without blanks at their ends */
export type Sight = (lines: readonly string[]) => boolean;

interface Watch {
  readonly sees: Sight;
  readonly seen: (at: number) => void;
}

/** A terminal in memory, and when it came to show something: the moment that the bytes of it arrived. */
export class Screen {
  readonly #xterm: InstanceType<typeof xterm.Terminal>;
  readonly #watches = new Set<Watch>();

  constructor(private readonly size: Size) {
    const { columns, rows } = size;
    this.#xterm = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0, convertEol: true });
  }

  show(text: string): void {
    const at = performance.now();
    this.#xterm.write(text, () => this.#look(at));
  }

  get lines(): string[] {
    const { active } = this.#xterm.buffer;
    return Array.from({ length: this.size.rows }, (_, y) => active.getLine(y)?.translateToString(true) ?? '');
  }

  /**
   * Resolves when it is seen.
   *
   * @returns by `performance.now()`
   * @throws Error  with the screen, when it is not seen within so many milliseconds
   */
  async until(what: string, sees: Sight, within: number): Promise<number> {
    let patience: NodeJS.Timeout | undefined;
    const watch: { -readonly [K in keyof Watch]: Watch[K] } = { sees, seen: () => undefined };
    try {
      return await new Promise<number>((resolve, reject) => {
        watch.seen = resolve;
        this.#watches.add(watch);
        patience = setTimeout(
          () => reject(new Error(`${what} was not seen within ${within / 1000} s:\n${this.lines.join('\n')}`)),
          within,
        );
        this.#look(performance.now());
      });
    } finally {
      clearTimeout(patience);
      this.#watches.delete(watch);
    }
  }

  #look(at: number): void {
    if (this.#watches.size === 0) return;
    const { lines } = this;
    for (const { sees, seen } of this.#watches) if (sees(lines)) seen(at);
  }
}

/** Where an operator is: the screen's name, its headings, the row under the cursor. Numbers that run change none of it. */
export function placeOn(lines: readonly string[]): string {
  const [crumbs = ''] = (lines[0] ?? '').trimStart().split(/ {3,}/);
  const headings = lines.filter((line) => line.startsWith('──')).map((line) => line.replaceAll('─', ''));
  const cursors = lines.flatMap((line, y) => {
    const x = line.indexOf('▸');
    return x < 0 ? [] : [`${y} ${line.slice(x, x + 24)}`];
  });
  return JSON.stringify([crumbs, headings, cursors]);
}

import { BadInput } from '../../../words/bad-input.js';
import { plural, showCount } from '../../../words/units.js';

/** Wrong rows that are named; more help nobody in one line. */
const MOST_NAMED = 20;

/** Gathers what is wrong with a plan, so that an operator mends it in one go. */
export class Complaints {
  readonly #all: { readonly at: string; readonly why: string }[] = [];

  constructor(private readonly file: string) {}

  /** @param at  `row 4` or `row 4, column UserName` */
  add(at: string, why: string): void {
    this.#all.push({ at, why });
  }

  /** @throws BadInput  one line for all that was added */
  refuse(): void {
    const [first, second] = this.#all;
    if (!first) return;
    if (!second) throw new BadInput(`${this.file}, ${first.at}: ${first.why}`);
    const named = this.#all.slice(0, MOST_NAMED).map(({ at, why }) => `${at}: ${why}`);
    const more = this.#all.length - named.length;
    const rest = more > 0 ? `; and ${showCount(more)} more` : '';
    throw new BadInput(`${this.file}: ${plural(this.#all.length, 'mistake')}: ${named.join('; ')}${rest}`);
  }
}

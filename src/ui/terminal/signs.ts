import type { Clock } from '../../words/clock.js';
import type { TerminalOutput } from './tty.js';
import { ASK_VERSION, showsProgress } from './version.js';

/** A batch as it is shown beside the screen: on a tab, in a task bar. */
export interface Signs {
  /** The window's title, free of control characters. */
  readonly title: string;
  /** Whole percent; null: nothing is under way. */
  readonly percent: number | null;
  /** Mailboxes that need the operator. */
  readonly needs: number;
  readonly isOver: boolean;
}

export interface SignsSource {
  now(): Signs;
  /** @returns how to stop listening */
  onChange(listener: () => void): () => void;
}

export interface SignsWishes {
  /** `hidden`: the terminal would print it. */
  readonly title: 'shown' | 'hidden';
  /** At the first mailbox that needs the operator, and at the end. */
  readonly bell: 'asked' | 'silent';
}

/** Terminals drop a progress bar that is not renewed (Ghostty after 15 s). */
const RENEW_MS = 10_000;

/** Saves the former title on the terminal's stack and restores it (XTWINOPS). A terminal without a stack ends with an empty title. */
const KEEP_TITLE = '\u001b[22;2t';
const TAKE_TITLE_BACK = '\u001b]2;\u0007\u001b[23;2t';
const NO_PROGRESS = '\u001b]9;4;0\u0007';
const BELL = '\u0007';

/** The title of the window, the progress on its tab and the bell, while the screen is ours. */
export class TerminalSigns {
  #title = '';
  #progress = '';
  #progressAt = Number.NEGATIVE_INFINITY;
  #showsProgress = false;
  #isInside = false;
  #stopListening: () => void = () => undefined;
  /** The signs for which the bell has rung, or that were there when the console was opened. */
  #known: Pick<Signs, 'needs' | 'isOver'> | null = null;

  constructor(
    private readonly parts: {
      readonly output: TerminalOutput;
      readonly clock: Clock;
      readonly source: SignsSource;
      readonly wishes: SignsWishes;
    },
  ) {}

  /** The screen is entered. @returns what is to be written before it */
  enter(): string {
    this.#isInside = true;
    this.#title = '';
    this.#progress = '';
    const { source, wishes } = this.parts;
    this.#known ??= source.now();
    this.#stopListening = source.onChange(() => this.#show());
    return `${wishes.title === 'hidden' ? '' : KEEP_TITLE + ASK_VERSION}${this.#changes()}`;
  }

  /** The screen is left. @returns what is to be written behind it */
  leave(): string {
    this.#stopListening();
    this.#isInside = false;
    const progress = this.#progress === '' || this.#progress === NO_PROGRESS ? '' : NO_PROGRESS;
    return `${progress}${this.parts.wishes.title === 'hidden' ? '' : TAKE_TITLE_BACK}`;
  }

  /** The terminal says its name. */
  named(version: string): void {
    this.#showsProgress = showsProgress(version);
    this.#show();
  }

  #show(): void {
    // The terminal takes nothing now: the next change shows it.
    if (!this.#isInside || this.parts.output.needsDrain) return;
    const changes = this.#changes();
    if (changes !== '') this.parts.output.write(changes);
  }

  #changes(): string {
    const signs = this.parts.source.now();
    return `${this.#titleOf(signs)}${this.#progressOf(signs)}${this.#bellOf(signs)}`;
  }

  #titleOf({ title }: Signs): string {
    if (this.parts.wishes.title === 'hidden' || title === this.#title) return '';
    this.#title = title;
    return `\u001b]2;${title}\u0007`;
  }

  #progressOf({ percent, needs, isOver }: Signs): string {
    if (!this.#showsProgress) return '';
    const isShown = percent !== null && !isOver;
    // State 2 shows red. State 4 (paused) would fit better, but some terminals do not know it.
    const progress = isShown ? `\u001b]9;4;${needs > 0 ? 2 : 1};${percent}\u0007` : NO_PROGRESS;
    const now = this.parts.clock.monotonic();
    if (progress === this.#progress && !(isShown && now - this.#progressAt >= RENEW_MS)) return '';
    if (progress === NO_PROGRESS && this.#progress === '') return '';
    this.#progress = progress;
    this.#progressAt = now;
    return progress;
  }

  #bellOf({ needs, isOver }: Signs): string {
    const known = this.#known ?? { needs, isOver };
    const rings = (needs > 0 && known.needs === 0) || (isOver && !known.isOver);
    // Only the first need rings; a later one is silent, even if the first was solved.
    this.#known = { needs: Math.max(known.needs, needs), isOver: known.isOver || isOver };
    return rings && this.parts.wishes.bell === 'asked' ? BELL : '';
  }
}

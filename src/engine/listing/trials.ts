import { LineLost } from '../imap/connection/line-lost.js';

/** The result of asking a server about a name: its answer, or a name under which the connection drops each time. */
export type Tried<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'convicted'; readonly lastWords: string };

/** Lost connections after which a name is not asked about any more: at most once among others, and twice alone. */
const CONVICTED = 3;
/** How many of the first unanswered commands are suspected. A server works in order, so one of these is the cause. */
const SUSPECTED = 3;

/**
 * Remembers, from one connection to the next, which names were being asked about when a connection was lost. A name
 * among others is a suspect. From then on it is asked about alone, and only what happens then convicts it.
 */
export class NameTrials {
  readonly #lost = new Map<string, { readonly times: number; readonly lastWords: string }>();

  /** Whether some name must be asked about alone, with nothing else under way on that connection. */
  get hasSuspects(): boolean {
    for (const { times } of this.#lost.values()) if (times < CONVICTED) return true;
    return false;
  }

  /**
   * Asks about names, all at once, and then about suspects one by one.
   *
   * @param ask  rejects with LineLost where the line went before the answer came
   * @throws LineLost
   */
  async askAll<T>(names: readonly string[], ask: (name: string) => Promise<T>): Promise<Map<string, Tried<T>>> {
    const tried = new Map<string, Tried<T>>();
    const together = names.filter((name) => !this.#lost.has(name));
    try {
      await Promise.all(
        together.map(async (name) => {
          tried.set(name, { kind: 'answered', answer: await ask(name) });
        }),
      );
    } catch (error) {
      if (error instanceof LineLost) {
        this.suspect(
          together.filter((name) => !tried.has(name)),
          error,
        );
      }
      throw error;
    }
    for (const name of names) if (!tried.has(name)) tried.set(name, await this.alone(name, ask));
    return tried;
  }

  /**
   * Asks about a name while others are under way.
   *
   * @param command  of it: a line that was lost before its answer speaks against it where no command before it had none
   * @throws LineLost
   */
  beside<T>(name: string, command: string, ask: () => Promise<T>): Promise<Tried<T>> {
    return this.#ask(name, ask, ({ loss }) => loss.unanswered[0]?.name === command);
  }

  isSuspect(name: string): boolean {
    return this.#lost.has(name);
  }

  /** A connection was lost before these names were answered, in the order in which they were asked. */
  suspect(unanswered: readonly string[], { message }: LineLost): void {
    for (const name of unanswered.slice(0, SUSPECTED)) this.#lost.set(name, { times: 1, lastWords: message });
  }

  /** Asks about one name while nothing else is under way on its connection. @throws LineLost */
  alone<T>(name: string, ask: (name: string) => Promise<T>): Promise<Tried<T>> {
    return this.#ask(
      name,
      () => ask(name),
      () => true,
    );
  }

  async #ask<T>(name: string, ask: () => Promise<T>, speaksAgainst: (lost: LineLost) => boolean): Promise<Tried<T>> {
    const { times, lastWords } = this.#lost.get(name) ?? { times: 0, lastWords: '' };
    if (times >= CONVICTED) return { kind: 'convicted', lastWords };
    try {
      const answer = await ask();
      this.#lost.delete(name);
      return { kind: 'answered', answer };
    } catch (error) {
      if (error instanceof LineLost && speaksAgainst(error))
        this.#lost.set(name, { times: times + 1, lastWords: error.message });
      throw error;
    }
  }
}

/** The trials of one side, by the question. */
export interface SideTrials {
  readonly list: NameTrials;
  readonly status: NameTrials;
  readonly open: NameTrials;
  readonly create: NameTrials;
}

export function newTrials(): SideTrials {
  return { list: new NameTrials(), status: new NameTrials(), open: new NameTrials(), create: new NameTrials() };
}

export function hasSuspects({ list, status, open, create }: SideTrials): boolean {
  return [list, status, open, create].some((trials) => trials.hasSuspects);
}

import { ConnectionLost, isCommandLost } from '../imap/connection/connection-lost.js';
import { SLOW_SIDE, USUAL } from '../imap/connection/silence-limits.js';

/** The result of asking a server about a name: its answer, or a name under which the connection drops each time. */
export type Tried<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'convicted'; readonly lastWords: string };

/** Lost connections after which a name is not asked about any more: at most once among others, and twice alone. */
const CONVICTED = 3;
/** How many of the first unanswered commands are suspected. A server works in order, so one of these is the cause. */
const SUSPECTED = 3;
/** A silence is as much as two dropped connections: each costs a minute. */
const OF_A_SILENCE = 2;
/** After so many names about which nothing is ever said, a question that can be done without is not asked any more. */
const SILENT_NAMES = 2;

/** The key under which LIST of everything is tried. */
export const EVERYTHING = '*';

/** A question about names. */
export interface Question {
  readonly command: string;
  /** `dispensable`: it can be done without, so a single silence convicts the name. */
  readonly need: 'needed' | 'dispensable';
}

/** Folders that are not listed by one command are listed level by level: another try would only cost a minute. */
const isDispensable = (name: string, need: Question['need']) => need === 'dispensable' || name === EVERYTHING;

/**
 * Remembers, from one connection to the next, which names were being asked about when a connection was lost. A name
 * among others is a suspect. From then on it is asked about alone, and only what happens then convicts it.
 */
export class NameTrials {
  readonly #lost = new Map<string, { readonly times: number; readonly lastWords: string }>();
  readonly #silent = new Set<string>();
  /** How the server is: `slow` where it was silent about names whatever was asked. */
  #pace: 'not known' | 'answers' | 'slow' = 'not known';

  constructor(private readonly question: Question = { command: 'LIST', need: 'needed' }) {}

  /** Whether some name must be asked about alone, with nothing else under way on that connection. */
  get hasSuspects(): boolean {
    for (const { times } of this.#lost.values()) if (times < CONVICTED) return true;
    return false;
  }

  /**
   * Asks about names, all at once, and then about suspects one by one.
   *
   * @param ask  rejects with ConnectionLost where the connection was lost before the answer came; patience is in milliseconds of silence
   * @throws ConnectionLost
   */
  async askAll<T>(
    names: readonly string[],
    ask: (name: string, patience: number) => Promise<T>,
  ): Promise<Map<string, Tried<T>>> {
    const tried = new Map<string, Tried<T>>();
    const together = names.filter((name) => !this.#lost.has(name) && !this.isGivenUp(name));
    try {
      await Promise.all(
        together.map(async (name) => {
          tried.set(name, { kind: 'answered', answer: await ask(name, this.#pace === 'slow' ? SLOW_SIDE : USUAL) });
          this.#pace = 'answers';
        }),
      );
    } catch (error) {
      if (error instanceof ConnectionLost) {
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
   * Sends a command that is about no name while names are asked about. It can be done without: the second silence
   * convicts it.
   *
   * @param command  a connection that was lost before its answer speaks against it where no command before it had none
   * @throws ConnectionLost
   */
  beside<T>(command: string, ask: () => Promise<T>): Promise<Tried<T>> {
    return this.#ask(command, ask, (lost) => {
      if (lost.loss.unanswered[0]?.name !== command) return 0;
      return lost.loss.how === 'silent' ? OF_A_SILENCE : 1;
    });
  }

  isSuspect(name: string): boolean {
    return this.#lost.has(name);
  }

  /** It is not asked about any more. */
  isGivenUp(name: string): boolean {
    return (this.#lost.get(name)?.times ?? 0) >= CONVICTED || this.#isUseless;
  }

  get #isUseless(): boolean {
    return this.question.need === 'dispensable' && this.#silent.size >= SILENT_NAMES;
  }

  /** A connection was lost before these names were answered, in the order in which they were asked. */
  suspect(unanswered: readonly string[], lost: ConnectionLost): void {
    // A server that loses a command behind another one is silent, too: then nothing is wrong with what it is asked about.
    const isAboutName = this.question.need === 'dispensable' || !isCommandLost(lost);
    if (lost.loss.how === 'silent' && isAboutName) this.#suspectSilent(unanswered[0], lost);
    else for (const name of unanswered.slice(0, SUSPECTED)) this.#lost.set(name, { times: 1, lastWords: lost.message });
  }

  /** A silence shows which command had no answer: only the first name is suspected. */
  #suspectSilent(name: string | undefined, { message, loss }: ConnectionLost): void {
    const { command, need } = this.question;
    if (name === undefined || loss.unanswered[0]?.name !== command) return;
    this.#silent.add(name);
    if (name !== EVERYTHING && this.#pace === 'not known') {
      // No name was ever answered about: the server may be as slow at each level, and LIST of everything is one command.
      this.#pace = 'slow';
      this.#lost.delete(EVERYTHING);
    }
    this.#lost.set(name, { times: isDispensable(name, need) ? CONVICTED : 1, lastWords: message });
  }

  /** A command about this name failed. The connection may have been given up because it was never answered. */
  failed(name: string, error: unknown): void {
    if (!(error instanceof ConnectionLost)) return;
    const { how, unanswered } = error.loss;
    if (how === 'silent' && unanswered[0]?.folder === name) this.suspect([name], error);
  }

  /** Asks about one name while nothing else is under way on its connection. @throws ConnectionLost */
  alone<T>(name: string, ask: (name: string, patience: number) => Promise<T>): Promise<Tried<T>> {
    return this.#ask(
      name,
      () => ask(name, this.#pace === 'answers' ? USUAL : SLOW_SIDE),
      ({ loss }) => {
        if (loss.how !== 'silent') return 1;
        return loss.unanswered[0]?.name === this.question.command ? OF_A_SILENCE : 0;
      },
    );
  }

  /** @param weighs  how many dropped connections a lost one is worth, as evidence against the name */
  async #ask<T>(name: string, ask: () => Promise<T>, weighs: (lost: ConnectionLost) => number): Promise<Tried<T>> {
    const { times, lastWords } = this.#lost.get(name) ?? { times: 0, lastWords: '' };
    if (this.isGivenUp(name)) return { kind: 'convicted', lastWords: lastWords || this.#lastSilence };
    try {
      const answer = await ask();
      this.#lost.delete(name);
      return { kind: 'answered', answer };
    } catch (error) {
      const weight = error instanceof ConnectionLost ? weighs(error) : 0;
      if (error instanceof ConnectionLost && weight > 0)
        this.#lost.set(name, { times: times + weight, lastWords: error.message });
      throw error;
    }
  }

  get #lastSilence(): string {
    const name = [...this.#silent].at(-1);
    return (name !== undefined && this.#lost.get(name)?.lastWords) || '';
  }
}

/** The trials of one side, by the question. */
export interface SideTrials {
  readonly list: NameTrials;
  readonly status: NameTrials;
  readonly open: NameTrials;
  readonly create: NameTrials;
  readonly subscribe: NameTrials;
}

export function newTrials(): SideTrials {
  return {
    list: new NameTrials({ command: 'LIST', need: 'needed' }),
    status: new NameTrials({ command: 'STATUS', need: 'dispensable' }),
    open: new NameTrials({ command: 'EXAMINE', need: 'needed' }),
    create: new NameTrials({ command: 'CREATE', need: 'needed' }),
    subscribe: new NameTrials({ command: 'SUBSCRIBE', need: 'dispensable' }),
  };
}

export function hasSuspects({ list, status, open, create }: SideTrials): boolean {
  return [list, status, open, create].some((trials) => trials.hasSuspects);
}

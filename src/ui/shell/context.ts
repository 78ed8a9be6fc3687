import { createContext, type ReactNode, useContext } from 'react';
import type { EngineClient } from '../../protocol/client.js';
import type { Clock } from '../../words/clock.js';
import type { Confirmation } from '../components/Dialog.js';
import type { Toast } from '../components/toast-list.js';
import type { Params } from './screen.js';

/** Services of the shell for the screen in it. */
export interface Shell {
  readonly client: EngineClient;
  readonly clock: Clock;
  readonly access: 'full' | 'read-only';
  readonly crumbs: readonly string[];
  /** Goes into a screen from this one. */
  go(screen: string, params?: Params): void;
  back(): void;
  toast(tone: Toast['tone'], text: string): void;
  /** Asks before something is done; resolves with `no` too when the question is closed by another. */
  ask(question: Confirmation): Promise<'yes' | 'no'>;
  /**
   * As {@link ask}, for what comes up by itself: waits until nothing else is asked and nobody types.
   *
   * @param still  whether it is to be asked, when its turn comes; where it is not, the answer is `no`
   */
  offer(question: Confirmation, still: () => boolean): Promise<'yes' | 'no'>;
  /** Closes an offered question that is not to be asked any more: its answer is `no`. */
  reconsider(): void;
  /** Does what comes up by itself when nothing is asked and nobody types. @param still  as of {@link offer} */
  whenFree(act: () => void, still: () => boolean): void;
  /** Draws over the screen, in its middle, and takes its keys until it is closed. Null closes it. */
  overlay(node: ReactNode | null): void;
  /** Into the operator's clipboard. @param what for the message: `the address` */
  copy(text: string, what: string): void;
  /** Ends the console with this exit code. */
  leave(exitCode: number): void;
  /** State that a screen keeps while another one is in front, by the id of its entry. */
  readonly kept: Map<string, unknown>;
  readonly entryId: number;
}

export const ShellContext = createContext<Shell | null>(null);

/** @throws Error  outside of the shell: a mistake of ours */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('a screen is drawn by the shell');
  return shell;
}

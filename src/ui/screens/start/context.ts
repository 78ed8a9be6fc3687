import { createContext, useContext } from 'react';
import type { StartChoice, StartServices } from './services.js';

export interface StartConsole {
  readonly services: StartServices;
  /** The start screen is left with this. @param leave the shell's way out */
  readonly choose: (choice: StartChoice, leave: (exitCode: number) => void) => void;
}

export const StartContext = createContext<StartConsole | null>(null);

/** @throws Error  outside of the start screen: a mistake of ours */
export function useStart(): StartConsole {
  const found = useContext(StartContext);
  if (!found) throw new Error('the start screen is drawn within its console');
  return found;
}

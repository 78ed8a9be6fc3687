import { createContext, useContext, useSyncExternalStore } from 'react';
import { ANY_BATCH } from '../../words/advice/advice-text.js';
import type { ConsoleModel } from './console-model.js';
import type { ConsoleServices } from './services.js';
import type { ConsoleView } from './view.js';

/** Shared by the screens of a batch. */
export interface BatchConsole {
  readonly model: ConsoleModel;
  readonly services: ConsoleServices;
}

export const BatchConsoleContext = createContext<BatchConsole | null>(null);

/** @throws Error  outside of a console on a batch: a mistake of ours */
export function useBatchConsole(): BatchConsole {
  const found = useContext(BatchConsoleContext);
  if (!found) throw new Error('a screen of a batch is drawn within its console');
  return found;
}

/** The batch as it is typed after a command, in a text that names one. */
export function useTyped(): string {
  return useBatchConsole().services.typed ?? ANY_BATCH;
}

export function useView(): ConsoleView {
  const { model } = useBatchConsole();
  return useSyncExternalStore(model.subscribe, model.view);
}

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { CheckServices, CheckView } from './services.js';

export const CheckContext = createContext<CheckServices | null>(null);

/** @throws Error  outside of the check's console: a mistake of ours */
export function useCheck(): CheckServices {
  const found = useContext(CheckContext);
  if (!found) throw new Error('the check is drawn within its console');
  return found;
}

export function useCheckView(): CheckView {
  const check = useCheck();
  return useSyncExternalStore(check.subscribe, check.view);
}

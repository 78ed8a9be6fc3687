import { type Dispatch, type SetStateAction, useLayoutEffect, useState } from 'react';
import { useShell } from './context.js';

/** Like `useState`, but keeps the value while the operator is on another screen: cursor, filter, order, marks. */
export function useKept<T>(name: string, initial: T): [T, Dispatch<SetStateAction<T>>] {
  const { kept, entryId } = useShell();
  const key = `${entryId} ${name}`;
  const [value, set] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : initial));
  useLayoutEffect(() => {
    kept.set(key, value);
  }, [kept, key, value]);
  return [value, set];
}

import { type ComponentType, createContext } from 'react';
import type { ScreenSize } from '../terminal/tty.js';

export interface SmallScreenProps extends ScreenSize {
  /** Last, where there is room: how to see more. */
  readonly foot: string;
}

/** Drawn on a terminal that no screen fits on; null: the shell says how large it has to be. */
export const SmallScreenContext = createContext<ComponentType<SmallScreenProps> | null>(null);

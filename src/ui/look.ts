import { createContext, useContext } from 'react';
import { DRAWN, type Glyphs } from './text/glyphs.js';
import { THEMES, type Theme } from './text/theme.js';

/** How everything is drawn: handed down, never asked of the process. */
export interface Look {
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  /** Cells of the terminal. */
  readonly columns: number;
  readonly rows: number;
}

export const LookContext = createContext<Look>({ theme: THEMES.bare, glyphs: DRAWN, columns: 80, rows: 24 });

export function useLook(): Look {
  return useContext(LookContext);
}

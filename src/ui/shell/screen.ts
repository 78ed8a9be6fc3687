import type { ComponentType } from 'react';
import type { Binding } from '../keys/bindings.js';
import type { KeyAction } from '../keys/key-table.js';

/** The subject that a screen is opened on: `{ mailbox: 'ann' }`. */
export type Params = Readonly<Record<string, string>>;

export interface ScreenProps {
  readonly params: Params;
  /** Cells that are the screen's: the status line below is not. */
  readonly width: number;
  readonly height: number;
}

/** A screen, as the shell takes it. */
export interface Screen {
  readonly name: string;
  /** The action whose key opens the screen from anywhere; null: it is opened from another screen only. */
  readonly action: KeyAction | null;
  /** The weight of its hint in the status line, as of a binding; 0: it is not shown there. */
  readonly weight?: number;
  /** The name in the status line: `errors`. */
  readonly label: string;
  /** The sentence in the help and the palette. */
  readonly description: string;
  /** The name in the breadcrumbs. */
  readonly title: (params: Params) => string;
  /** All of its keys, for the help; what they do is given by `useKeys` where it is drawn. */
  readonly bindings: readonly Binding[];
  readonly component: ComponentType<ScreenProps>;
}

import type { Side } from '../../words/side.js';
import type { Strike } from './strikes.js';

/** The conclusion from a lost connection, or from a refusal, about the messages under way. */
export type Finding =
  /** Nothing that narrows it down. */
  | { readonly kind: 'nothing' }
  /** Somebody is suspected, or fewer are, and the next try is worth making soon. */
  | {
      readonly kind: 'narrowed';
      /** `alone`: it was known that this may happen. */
      readonly tried: 'among others' | 'alone';
      /** How often the only suspect was struck; 0 where there are more, or it is new. */
      readonly strikes: number;
    }
  | { readonly kind: 'message'; readonly folder: string; readonly uid: number; readonly strikes: readonly Strike[] }
  | { readonly kind: 'folder'; readonly side: Side; readonly folder: string; readonly strikes: readonly Strike[] };

export const NOTHING: Finding = { kind: 'nothing' };
export const NARROWED: Finding = { kind: 'narrowed', tried: 'among others', strikes: 0 };

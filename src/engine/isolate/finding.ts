import type { Side } from '../../words/side.js';
import type { Strike } from '../imap/apart/strikes.js';

/** A lost connection, or a refusal, as evidence about the messages that were under way. */
export type Finding =
  /** It tells nothing about who is to blame. */
  | { readonly kind: 'nothing' }
  /** There is a new suspect, or there are fewer: try again soon. */
  | {
      readonly kind: 'narrowed';
      /** `alone`: the suspects were tried alone, so the break was expected. */
      readonly tried: 'among others' | 'alone';
      /** How many times the only suspect has failed alone; 0 if it is new, or there are several. */
      readonly strikes: number;
    }
  | { readonly kind: 'message'; readonly folder: string; readonly uid: number; readonly strikes: readonly Strike[] }
  | { readonly kind: 'folder'; readonly side: Side; readonly folder: string; readonly strikes: readonly Strike[] };

export const NOTHING: Finding = { kind: 'nothing' };
export const NARROWED: Finding = { kind: 'narrowed', tried: 'among others', strikes: 0 };

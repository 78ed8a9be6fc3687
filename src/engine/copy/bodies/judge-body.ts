import { isAnother, type SizeComparison } from './compare-size.js';

/** Why a body is looked at a second time before it is sent. */
export type Doubt = 'empty' | 'row' | 'size' | 'twin' | 'sample';

/** A body that has arrived. */
export interface Arrived {
  readonly length: number;
  readonly comparison: SizeComparison;
  /**
   * Whether the FETCH row held something nobody asked for, as happens behind a literal that was announced too short.
   */
  readonly row: 'as asked' | 'with more';
  /** Another UID of the folder has brought the same header and length. */
  readonly isTwin: boolean;
  readonly isSample: boolean;
}

/** @param sizesAreKnownEstimates at such a server a differing size is no reason for doubt */
export function doubtOf(body: Arrived, sizesAreKnownEstimates: boolean): Doubt | null {
  if (body.length === 0) return 'empty';
  if (body.row === 'with more') return 'row';
  if (isAnother(body.comparison) && !sizesAreKnownEstimates) return 'size';
  if (body.isTwin) return 'twin';
  return body.isSample ? 'sample' : null;
}

/** The result of a second look. */
export interface SecondLook {
  /** RFC822.SIZE, asked for again; undefined where it was not given. */
  readonly size: number | undefined;
  /** Whether the header on its own belongs to the body. */
  readonly header: 'same' | 'other' | 'untold';
  /** Whether the body ends where the server says: its last bytes and those behind them were asked for. */
  readonly end: 'same' | 'other' | 'untold';
}

/** The decision about a body after the second look. */
export type Ruling = 'take' | 'take and note' | 'ask in parts';

/** @param sizesAreEstimates most sizes of this account differ from what comes */
export function ruleOn(body: Arrived, look: SecondLook, sizesAreEstimates: boolean): Ruling {
  if (look.header === 'other' || look.end === 'other') return 'ask in parts';
  // Its header was shown before, and is another one: an answer without a header says nothing against that.
  if (body.isSample && look.header === 'untold') return 'ask in parts';
  if (look.size === body.length || isExplained(body.comparison)) return 'take';
  if (look.end === 'untold') return 'ask in parts';
  if (body.comparison === 'not listed') return 'take';
  return body.comparison === 'longer' || sizesAreEstimates ? 'take and note' : 'ask in parts';
}

const isExplained = (comparison: SizeComparison) => comparison !== 'not listed' && !isAnother(comparison);

/** A body that was asked for in parts, held against the first one. */
export interface Again {
  readonly comparison: SizeComparison;
  readonly header: 'same' | 'other' | 'untold';
  /** The same bytes as the first time. */
  readonly isSame: boolean;
}

/** @returns `refuse` where the message must not be sent: it is cut, or another one */
export function ruleOnAgain(again: Again, sizesAreEstimates: boolean): 'take' | 'take and note' | 'refuse' {
  if (again.header === 'other') return 'refuse';
  if (isExplained(again.comparison)) return 'take';
  if (!again.isSame) return 'refuse';
  if (again.comparison === 'not listed') return 'take';
  return again.comparison === 'longer' || sizesAreEstimates ? 'take and note' : 'refuse';
}

import { plural } from '../../../words/units.js';
import { bind } from '../../keys/bindings.js';
import { useKeys } from '../../keys/use-keys.js';
import type { FilterState } from './use-filter.js';
import type { MarksState } from './use-marks.js';

/** Esc undoes what narrows a list before it leaves the screen: first the filter, then the marks. */
export function useClearing(filter: FilterState, marks: MarksState | null): void {
  const marked = marks === null ? 0 : marks.marks.size + marks.hidden.size;
  const clears = filter.isOwn ? 'clears the filter' : `clears ${plural(marked, 'mark')}`;
  const clear = filter.isOwn ? filter.clear : marked > 0 ? marks?.clear : undefined;
  const bindings = clear ? [bind('look.back', { id: 'list.clear', label: clears, weight: 120 })] : [];
  useKeys(bindings, { 'list.clear': clear });
}

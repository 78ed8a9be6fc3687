import { Box } from 'ink';
import type { ReactElement } from 'react';
import { type Binding, bind } from '../keys/bindings.js';
import { useKeys } from '../keys/use-keys.js';
import { span } from '../text/spans.js';
import { Lines } from './Lines.js';
import { TextField } from './TextField.js';

const FILTER_KEYS: readonly Binding[] = [
  bind('look.open', {
    id: 'filter.keep',
    label: 'keep',
    description: 'Keep the filter and go back to the list',
    weight: 90,
  }),
  bind('look.back', { id: 'filter.clear', label: 'clear', description: 'Clear the filter', weight: 100 }),
];

export interface FilterProps {
  readonly width: number;
  readonly text: string;
  /** `/`, or what else opened it. */
  readonly sign?: string;
  /** A hint that is shown while the field is empty. */
  readonly hint?: string;
  readonly onChange: (text: string) => void;
  readonly onDone: (how: 'keep' | 'clear') => void;
}

/** The line that `/` opens: words that must be found, `!word` for words that must not. */
export function Filter({
  width,
  text,
  sign = '/',
  hint = 'words, !without',
  onChange,
  onDone,
}: FilterProps): ReactElement {
  useKeys(
    FILTER_KEYS,
    { 'filter.keep': () => onDone('keep'), 'filter.clear': () => onDone('clear') },
    { level: 'overlay', reach: 'modal' },
  );
  return (
    <Box>
      <Lines lines={[[' ', span('accent', sign)]]} width={3} height={1} />
      <TextField width={width - 3} initial={text} focus="focused" placeholder={hint} onChange={onChange} />
    </Box>
  );
}

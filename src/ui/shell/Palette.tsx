import { Box } from 'ink';
import { type ReactElement, useReducer, useState } from 'react';
import { Lines } from '../components/Lines.js';
import { OverScreen } from '../components/OverScreen.js';
import { paneLines } from '../components/Pane.js';
import { AT_TOP, keepInView, type ScrollMove, scrollBy } from '../components/scroll.js';
import { TextField } from '../components/TextField.js';
import { type Binding, showKey } from '../keys/bindings.js';
import { type Choice, pick } from '../keys/palette.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import { fitText } from '../text/fit.js';
import { type Spans, span } from '../text/spans.js';

const PALETTE_KEYS: readonly Binding[] = [
  { id: 'palette.down', keys: ['down', 'ctrl+n', 'tab'], label: 'next', description: 'The next command', weight: 50 },
  { id: 'palette.up', keys: ['up', 'ctrl+p', 'shift+tab'], label: 'back', description: 'The one before', weight: 40 },
  { id: 'palette.run', keys: ['enter'], label: 'run', description: 'Run the command', weight: 90 },
  { id: 'palette.close', keys: ['esc', 'ctrl+c'], label: 'back', description: 'Close the palette', weight: 120 },
];

const SHOWN = 10;
/** Cells of a key. */
const KEY = 5;

export interface PaletteProps {
  readonly choices: readonly Choice[];
  readonly width: number;
  readonly onClose: () => void;
}

/** Every command that works now, by its name. */
export function Palette({ choices, width, onClose }: PaletteProps): ReactElement {
  const { glyphs } = useLook();
  const [typed, setTyped] = useState('');
  const found = pick(choices, typed);
  const [scroll, move] = useReducer((now, to: ScrollMove) => scrollBy(now, to, found.length, SHOWN), AT_TOP);
  const { cursor, top } = keepInView(scroll, found.length, SHOWN);
  useKeys(
    PALETTE_KEYS,
    {
      'palette.down': () => move('down'),
      'palette.up': () => move('up'),
      'palette.run': () => {
        onClose();
        found[cursor]?.run();
      },
      'palette.close': onClose,
    },
    { level: 'overlay', reach: 'modal' },
  );
  const rows = found.slice(top, top + SHOWN).map(({ command, description, keys }, index): Spans => {
    const text = `${top + index === cursor ? glyphs.cursor : ' '} ${fitText(command, 16)} `;
    return [
      span(top + index === cursor ? 'selected' : 'text', text),
      ' ',
      span('key', fitText(showKey(keys[0] ?? ''), KEY)),
      span('dim', ` ${description}`),
    ];
  });
  const below = found.length - top - SHOWN;
  const more: Spans[] = below > 0 ? [['  ', span('dim', `${below} more below`)]] : [];
  const none: Spans[] = found.length === 0 ? [['  ', span('dim', 'no command of this name')]] : [];
  const lines = paneLines(
    { title: 'command', status: '', focus: 'focused', lines: [[], ...rows, ...more, ...none] },
    width,
    SHOWN + 4,
    glyphs,
  );
  return (
    <OverScreen lines={lines} width={width}>
      <Box marginTop={1} marginLeft={2}>
        <Lines lines={[[span('accent', ':')]]} width={1} />
        <TextField width={width - 6} focus="focused" onChange={setTyped} />
      </Box>
    </OverScreen>
  );
}

import { Box } from 'ink';
import { type ReactElement, useReducer, useState } from 'react';
import { Lines } from '../components/Lines.js';
import { OverScreen } from '../components/OverScreen.js';
import { paneLines } from '../components/Pane.js';
import { AT_TOP, keepInView, type ScrollMove, scrollBy } from '../components/scroll.js';
import { TextField } from '../components/TextField.js';
import { type Binding, besideText, bind, showKey } from '../keys/bindings.js';
import { type Choice, pick } from '../keys/palette.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import { fitText } from '../text/fit.js';
import { aimed, type Spans, span } from '../text/spans.js';

const PALETTE_KEYS: readonly Binding[] = [
  bind('look.down', { id: 'list.down', description: 'The next command', weight: 0 }),
  bind('look.up', { id: 'list.up', description: 'The one before', weight: 0 }),
  bind('look.next', { id: 'palette.next', description: 'The next command', weight: 50 }),
  bind('look.previous', { id: 'palette.previous', description: 'The one before', weight: 0 }),
  bind('look.open', { id: 'palette.run', label: 'run', description: 'Run the command', weight: 90 }),
  bind('look.back', { id: 'palette.close', description: 'Close the palette', weight: 120 }),
  bind('look.leave', { id: 'palette.leave', description: 'Close the palette', weight: 0 }),
].map(besideText);

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
      'list.down': () => move('down'),
      'list.up': () => move('up'),
      'palette.next': () => move('down'),
      'palette.previous': () => move('up'),
      'palette.run': () => {
        onClose();
        found[cursor]?.run();
      },
      'palette.close': onClose,
      'palette.leave': onClose,
    },
    { level: 'overlay', reach: 'modal' },
  );
  const rows = found.slice(top, top + SHOWN).map(({ command, description, keys }, index): Spans => {
    const text = `${top + index === cursor ? glyphs.cursor : ' '} ${fitText(command, 16)} `;
    return aimed({ part: String(top + index) }, [
      span(top + index === cursor ? 'selected' : 'text', text),
      ' ',
      span('key', fitText(showKey(keys[0] ?? ''), KEY)),
      span('dim', ` ${description}`),
    ]);
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
    <OverScreen
      lines={lines}
      width={width}
      onClick={({ part }) => {
        if (part === null) return;
        onClose();
        found[Number(part)]?.run();
      }}
    >
      <Box marginTop={1} marginLeft={2}>
        <Lines lines={[[span('accent', ':')]]} width={1} />
        <TextField width={width - 6} focus="focused" onChange={setTyped} />
      </Box>
    </OverScreen>
  );
}

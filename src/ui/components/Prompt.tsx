import { Box } from 'ink';
import { type ReactElement, useState } from 'react';
import { type Binding, besideText, bind } from '../keys/bindings.js';
import { useKeys } from '../keys/use-keys.js';
import { useLook } from '../look.js';
import { type Spans, span } from '../text/spans.js';
import { wrap } from '../text/wrap.js';
import { Lines } from './Lines.js';
import { OverScreen } from './OverScreen.js';
import { paneLines } from './Pane.js';
import { TextField } from './TextField.js';

const PROMPT_KEYS: readonly Binding[] = [
  bind('look.open', { id: 'prompt.done', label: 'done', description: 'Take what is typed', weight: 90 }),
  bind('look.back', { id: 'prompt.cancel', label: 'cancel', description: 'Change nothing', weight: 120 }),
  besideText(bind('look.leave', { id: 'prompt.leave', label: 'cancel', description: 'Change nothing', weight: 0 })),
];

export interface PromptProps {
  readonly title: string;
  readonly explains: string;
  readonly initial: string;
  readonly shows?: 'text' | 'hidden';
  readonly width: number;
  /** @returns what is wrong with it, or null when it was taken */
  readonly onDone: (typed: string) => string | null;
  /** After it was taken, in place of `onClose`: the next question, where there is one. */
  readonly onTaken?: () => void;
  readonly onClose: () => void;
}

/** One line to type into, in a box over the screen. */
export function Prompt({
  title,
  explains,
  initial,
  shows = 'text',
  width,
  onDone,
  onClose,
  onTaken = onClose,
}: PromptProps): ReactElement {
  const { glyphs } = useLook();
  const [typed, setTyped] = useState(initial);
  const [wrong, setWrong] = useState<string | null>(null);
  const done = (): void => {
    const why = onDone(typed);
    if (why === null) onTaken();
    else setWrong(why);
  };
  useKeys(
    PROMPT_KEYS,
    { 'prompt.done': done, 'prompt.cancel': onClose, 'prompt.leave': onClose },
    { level: 'overlay', reach: 'modal' },
  );
  const inner = width - 6;
  const text = wrap(explains, inner, 4).map((line): Spans => [' ', line]);
  const hint = initial !== '' && typed === initial ? 'type over it, or move into it with the arrows' : '';
  const below: Spans = [' ', wrong === null ? span('dim', hint) : span('alert', `${glyphs.alert} ${wrong}`)];
  const lines = [[], ...text, [], [], below, []];
  const pane = paneLines({ title, status: '', focus: 'focused', lines }, width, lines.length + 2, glyphs);
  return (
    <OverScreen lines={pane} width={width}>
      <Box marginTop={text.length + 3} marginLeft={3}>
        <Lines lines={[[span('accent', `${glyphs.cursor} `)]]} width={2} />
        <TextField
          width={inner - 2}
          initial={initial}
          begins="over"
          shows={shows}
          focus="focused"
          onChange={setTyped}
        />
      </Box>
    </OverScreen>
  );
}

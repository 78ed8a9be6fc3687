import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Side } from '../../../words/side.js';
import { Lines } from '../../components/Lines.js';
import { TextField } from '../../components/TextField.js';
import { useLook } from '../../look.js';
import { fitText } from '../../text/fit.js';
import { type Spans, span } from '../../text/spans.js';
import { type FormAction, type FormState, mayMove, type Place } from './form-state.js';
import { adviceLines, testLine } from './test-lines.js';

export interface MoveFormProps {
  readonly state: FormState;
  readonly onType: (action: Extract<FormAction, { do: 'type' }>) => void;
  readonly width: number;
  readonly height: number;
}

const LABEL = 8;
const PASSWORD = 16;
const FIELDS = 4;
/** Fields, a blank, the buttons, a blank. */
const FIXED = FIELDS + 3;

/** From, to, passwords, and what a login on both sides found. */
export function MoveForm({ state, onType, width, height }: MoveFormProps): ReactElement {
  const { place, tests } = state;
  const room = width - LABEL - 4;
  const advice = adviceLines(tests, room).slice(0, Math.max(0, height - FIXED));
  const button = (at: Place, text: string): Spans =>
    place === at ? [span('selected', `[ ${text} ]`)] : [span('strong', `[ ${text} ]`)];
  const untested = tests.source.kind === 'untested' && tests.destination.kind === 'untested';
  const buttons: Spans = [
    ' '.repeat(LABEL + 3),
    ...button('test', untested ? 'Test both sides' : 'Test again'),
    '   ',
    ...(mayMove(state)
      ? button('move', state.starting === 'yes' ? 'starting' : 'Move')
      : [span('dim', 'Move comes when both sides have answered')]),
  ];
  return (
    <Box flexDirection="column" width={width} height={height}>
      {(['source', 'destination'] as const).map((side) => (
        <SideFields key={side} {...{ side, state, onType, width }} />
      ))}
      <Lines
        lines={[[], buttons, [], ...advice.map((line): Spans => [' '.repeat(LABEL + 3), ...line])]}
        width={width}
        height={Math.max(0, height - FIELDS)}
      />
    </Box>
  );
}

function SideFields(props: Pick<MoveFormProps, 'state' | 'onType' | 'width'> & { readonly side: Side }): ReactElement {
  const { side, state, onType, width } = props;
  const { glyphs } = useLook();
  const [url, password] = [`${side} url`, `${side} password`] as const;
  const label = (at: Place, text: string): Spans => {
    const isHere = state.place === at;
    return [
      isHere ? span('accent', ` ${glyphs.cursor} `) : '   ',
      span(isHere ? 'strong' : 'dim', fitText(text, LABEL)),
    ];
  };
  const focus = (at: Place) => (state.place === at ? 'focused' : 'resting');
  const lead = LABEL + 3;
  return (
    <>
      <Box width={width} height={1}>
        <Lines lines={[label(url, side === 'source' ? 'from' : 'to')]} width={lead} />
        <TextField
          width={width - lead - 1}
          focus={focus(url)}
          placeholder={side === 'source' ? 'imaps://ann@old.example@mail.old.example' : 'imaps://ann@mail.new.example'}
          onChange={(text) => onType({ do: 'type', side, field: 'url', text })}
        />
      </Box>
      <Box width={width} height={1}>
        <Lines lines={[label(password, '')]} width={lead} />
        <TextField
          width={PASSWORD}
          focus={focus(password)}
          shows="hidden"
          placeholder="password"
          onChange={(text) => onType({ do: 'type', side, field: 'password', text })}
        />
        <Lines lines={[['  ', ...testLine(state.tests[side], glyphs)]]} width={width - lead - PASSWORD} />
      </Box>
    </>
  );
}

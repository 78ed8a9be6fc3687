import { Box } from 'ink';
import { Fragment, type ReactElement } from 'react';
import type { Side } from '../../../words/side.js';
import { button } from '../../components/button.js';
import { Lines } from '../../components/Lines.js';
import { TextField, type TextFieldProps } from '../../components/TextField.js';
import { useLook } from '../../look.js';
import { fitText } from '../../text/fit.js';
import { aimed, type Spans, span, spansWidth } from '../../text/spans.js';
import { choiceText } from './folder-choice.js';
import {
  buttonAt,
  type FormAction,
  type FormState,
  foldersOf,
  linesOfFields,
  linesOfScope,
  mayMove,
  type Place,
} from './form-state.js';
import { adviceLines, testLine } from './test-lines.js';

export interface MoveFormProps {
  readonly state: FormState;
  readonly onType: (action: Extract<FormAction, { do: 'type' | 'scope' }>) => void;
  /** A field or a button was clicked. */
  readonly onPlace: (place: Place) => void;
  readonly width: number;
  readonly height: number;
}

const LABEL = 8;
/** Cells in front of every line. */
const LEAD = LABEL + 3;
const PASSWORD = 16;
/** Under the fields: a blank, the buttons, a blank. */
const BUTTONS = 3;

/** From, to, passwords, and what a login on both sides found. */
export function MoveForm({ state, onType, onPlace, width, height }: MoveFormProps): ReactElement {
  const { place, tests } = state;
  const scope = linesOfScope(state);
  const below = Math.max(0, height - linesOfFields(state) - scope - BUTTONS);
  const advice = adviceLines(state, width - LEAD - 1).slice(0, below);
  const { glyphs } = useLook();
  const shown = (at: Place, text: string) =>
    aimed({ part: at }, [button(text, place === at ? 'focused' : 'resting', glyphs)]);
  const untested = tests.source.kind === 'untested' && tests.destination.kind === 'untested';
  const buttons: Spans = [
    ' '.repeat(LEAD - 1),
    ...shown('test', untested ? 'Test both sides' : 'Test again'),
    '  ',
    ...(mayMove(state)
      ? [
          ...shown('move', state.starting === 'yes' ? 'starting' : 'Move'),
          '  ',
          ...shown('dry run', state.looking === 'yes' ? 'looking' : 'Dry run'),
          '  ',
          ...shown('folders', `Copy ${choiceText(state.scope.chosen, foldersOf(state))}`),
        ]
      : [span('dim', ' Move comes when both sides have answered')]),
  ];
  return (
    <Box flexDirection="column" width={width} height={height}>
      {(['source', 'destination'] as const).map((side) => (
        <FieldsOfSide key={side} {...{ side, state, onType, onPlace, width }} />
      ))}
      <Lines
        lines={[[], buttons, []]}
        width={width}
        height={BUTTONS}
        onClick={({ part }) => {
          const pressed = buttonAt(part);
          if (pressed) onPlace(pressed);
        }}
      />
      {scope > 0 && <ScopeFields {...{ state, onType, onPlace, width }} />}
      <Lines lines={advice.map((line): Spans => [' '.repeat(LEAD), ...line])} width={width} height={below} />
    </Box>
  );
}

type SideProps = Pick<MoveFormProps, 'state' | 'onType' | 'onPlace' | 'width'> & { readonly side: Side };

function FieldsOfSide(props: SideProps): ReactElement {
  const { side, state, onType, onPlace, width } = props;
  const { glyphs } = useLook();
  const [password, trust] = [`${side} password`, `${side} trust`] as const;
  const { application } = state.typed[side];
  const label = (at: Place, text: string): ReactElement => {
    const isHere = state.place === at;
    const line: Spans = [
      isHere ? span('accent', ` ${glyphs.cursor} `) : '   ',
      span(isHere ? 'strong' : 'dim', fitText(text, LABEL)),
    ];
    return <Lines lines={[line]} width={LEAD} onClick={() => onPlace(at)} />;
  };
  const focus = (at: Place) => (state.place === at ? 'focused' : 'resting');
  return (
    <>
      <Box width={width} height={1}>
        <AddressFields {...props} />
      </Box>
      <Box width={width} height={1}>
        {label(password, '')}
        <TextField
          key={state.written}
          width={PASSWORD}
          initial={state.typed[side].password}
          focus={focus(password)}
          shows="hidden"
          placeholder={application === '' ? 'password' : `by ${application}`}
          onClick={() => onPlace(password)}
          onChange={(text) => onType({ do: 'type', side, field: 'password', text })}
        />
        <Lines lines={[['  ', ...testLine(side, state.tests[side], glyphs)]]} width={width - LEAD - PASSWORD} />
      </Box>
      {state.trusts[side] === 'shown' && (
        <Box width={width} height={1}>
          {label(trust, 'trust')}
          <TextField
            key={state.written}
            width={width - LEAD - 1}
            initial={state.typed[side].trust}
            focus={focus(trust)}
            placeholder="fingerprint of its certificate, or file of its authority (PEM)"
            onClick={() => onPlace(trust)}
            onChange={(text) => onType({ do: 'type', side, field: 'trust', text })}
          />
        </Box>
      )}
    </>
  );
}

const PORT = 5;

/** `from ann@old.example  at mail.old.example : 993`: a URL that is pasted into one of them fills all. */
function AddressFields({ side, state, onType, onPlace, width }: SideProps): ReactElement {
  const { glyphs } = useLook();
  const room = width - LEAD - 1 - AT.length - COLON.length - PORT;
  const user = Math.floor(room / 2);
  const [example, server] =
    side === 'source' ? ['ann@old.example', 'mail.old.example'] : ['ann@new.example', 'mail.new.example'];
  const fields = [
    { name: 'user', width: user, placeholder: example },
    { name: 'server', width: room - user, placeholder: server },
    { name: 'port', width: PORT, placeholder: '993' },
  ] as const;
  const isHere = fields.some(({ name }) => state.place === `${side} ${name}`);
  const head: Spans = [
    isHere ? span('accent', ` ${glyphs.cursor} `) : '   ',
    span(isHere ? 'strong' : 'dim', fitText(side === 'source' ? 'from' : 'to', LABEL)),
  ];
  const before = { user: head, server: [span('dim', AT)], port: [span('dim', COLON)] };
  const row = fields.map(
    ({ name, ...field }): RowField => ({
      ...field,
      place: `${side} ${name}`,
      before: before[name],
      initial: state.typed[side][name],
      onChange: (text) => onType({ do: 'type', side, field: name, text }),
    }),
  );
  return <FieldRow fields={row} here={state.place} written={state.written} onPlace={onPlace} />;
}

interface RowField extends Omit<TextFieldProps, 'focus' | 'onClick'> {
  readonly place: Place;
  readonly before: Spans;
}

interface RowProps extends Pick<MoveFormProps, 'onPlace'> {
  readonly fields: readonly RowField[];
  readonly here: Place;
  /** Another count begins the fields anew. Absent: only keys write into them. */
  readonly written?: number;
}

/** Fields in one line, each behind its label. */
function FieldRow({ fields, here, written, onPlace }: RowProps): ReactElement {
  return (
    <>
      {fields.map(({ place, before, ...field }) => (
        <Fragment key={place}>
          <Lines lines={[before]} width={spansWidth(before)} onClick={() => onPlace(place)} />
          <TextField
            key={written}
            {...field}
            focus={here === place ? 'focused' : 'resting'}
            onClick={() => onPlace(place)}
          />
        </Fragment>
      ))}
    </>
  );
}

const AT = '  at ';
const COLON = ' : ';

const SCOPE = [
  { name: 'only', label: 'folders  ', placeholder: 'all of them' },
  { name: 'without', label: '  without ', placeholder: 'Trash, Junk*' },
  { name: 'since', label: '  since ', placeholder: '2024-01-01' },
] as const;

/** `folders Archive*  without Trash  since 2024-01-01`: which mail is moved; empty fields leave nothing out. */
function ScopeFields({ state, onType, onPlace, width }: Omit<MoveFormProps, 'height'>): ReactElement {
  const { glyphs } = useLook();
  const labels = SCOPE.reduce((sum, { label }) => sum + label.length, 0);
  const since = '2024-01-01'.length + 1;
  const room = Math.max(10, Math.floor((width - 4 - labels - since) / 2));
  const isHere = SCOPE.some(({ name }) => state.place === name);
  const row = SCOPE.map(
    ({ name, label, placeholder }): RowField => ({
      place: name,
      before: [span(state.place === name ? 'strong' : 'dim', label)],
      width: name === 'since' ? since : room,
      initial: state.scope[name],
      placeholder,
      onChange: (text) => onType({ do: 'scope', field: name, text }),
    }),
  );
  return (
    <Box width={width} height={2}>
      <Lines lines={[[isHere ? span('accent', ` ${glyphs.cursor} `) : '   ']]} width={3} />
      <FieldRow fields={row} here={state.place} written={state.written} onPlace={onPlace} />
    </Box>
  );
}

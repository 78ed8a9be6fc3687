import type { Side } from '../../../words/side.js';
import type { MoveDraft, SideTest, TypedSide } from './services.js';

/** What has the keys: the list of batches, a field, or a button. */
export const PLACES = [
  'batches',
  'source url',
  'source password',
  'destination url',
  'destination password',
  'test',
  'move',
] as const;
export type Place = (typeof PLACES)[number];

/** How far the test of a side is. A side that is typed anew was not tested. */
export type TestState =
  | { readonly kind: 'untested' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly result: SideTest };

export interface FormState {
  readonly place: Place;
  readonly typed: MoveDraft;
  readonly tests: Readonly<Record<Side, TestState>>;
  /** The move is on its way: nothing is taken any more. */
  readonly starting: 'no' | 'yes';
}

export type FormAction =
  | { readonly do: 'go'; readonly to: Place }
  | { readonly do: 'next' | 'back' }
  | { readonly do: 'type'; readonly side: Side; readonly field: keyof TypedSide; readonly text: string }
  | { readonly do: 'testing'; readonly side: Side }
  /** Counts only for what it was made with. */
  | { readonly do: 'tested'; readonly side: Side; readonly typed: TypedSide; readonly result: SideTest }
  | { readonly do: 'starting'; readonly starting: FormState['starting'] };

const NOTHING: TypedSide = { url: '', password: '' };

export function emptyForm(place: Place): FormState {
  return {
    place,
    typed: { source: NOTHING, destination: NOTHING },
    tests: { source: { kind: 'untested' }, destination: { kind: 'untested' } },
    starting: 'no',
  };
}

export function formAfter(state: FormState, action: FormAction): FormState {
  switch (action.do) {
    case 'go':
      return { ...state, place: action.to };
    case 'next':
    case 'back': {
      const places = placesOf(state);
      const step = action.do === 'next' ? 1 : places.length - 1;
      return { ...state, place: places[(places.indexOf(state.place) + step) % places.length] ?? 'batches' };
    }
    case 'type': {
      const before = state.typed[action.side];
      if (before[action.field] === action.text) return state;
      const typed = { ...state.typed, [action.side]: { ...before, [action.field]: action.text } };
      return { ...state, typed, tests: { ...state.tests, [action.side]: { kind: 'untested' } } };
    }
    case 'testing':
      return { ...state, tests: { ...state.tests, [action.side]: { kind: 'running' } } };
    case 'tested':
      if (state.typed[action.side] !== action.typed) return state;
      return { ...state, tests: { ...state.tests, [action.side]: { kind: 'done', result: action.result } } };
    case 'starting':
      return { ...state, starting: action.starting };
  }
}

/** Where Tab goes: the button that moves is there once both sides have answered well. */
export function placesOf(state: FormState): readonly Place[] {
  return mayMove(state) ? PLACES : PLACES.filter((place) => place !== 'move');
}

export function mayMove({ tests }: FormState): boolean {
  return isGood(tests.source) && isGood(tests.destination);
}

/** Both sides have something in every field. */
export function mayTest({ typed }: FormState): boolean {
  return [typed.source, typed.destination].some(isFilled);
}

export function isFilled({ url, password }: TypedSide): boolean {
  return url.trim() !== '' && password !== '';
}

function isGood(test: TestState): boolean {
  return test.kind === 'done' && test.result.ok;
}

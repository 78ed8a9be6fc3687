import { SIDES, type Side } from '../../../words/side.js';
import type { MoveDraft, SideTest, TypedSide } from './services.js';

/** The place that has the keys: the list of batches, a field, or a button. */
const PLACES = [
  'batches',
  'source url',
  'source password',
  'source trust',
  'destination url',
  'destination password',
  'destination trust',
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
  /** The field for what makes a certificate good: shown where it is wanted, or needed. */
  readonly trusts: Readonly<Record<Side, 'hidden' | 'shown'>>;
  /** Counts what was written into a field by something else than keys. */
  readonly written: number;
  /** The move is on its way: nothing is taken any more. */
  readonly starting: 'no' | 'yes';
}

export type FormAction =
  | { readonly do: 'go'; readonly to: Place }
  /** `batches`: where none is listed there is nothing for the cursor to stand on. */
  | { readonly do: 'next' | 'back'; readonly batches: number }
  /** Shows the certificate fields, with the cursor in one of them; or hides those that are empty. */
  | { readonly do: 'certificates' }
  /** The operator vouches for what a server showed. */
  | { readonly do: 'trust'; readonly side: Side; readonly typed: TypedSide }
  | { readonly do: 'type'; readonly side: Side; readonly field: keyof TypedSide; readonly text: string }
  | { readonly do: 'testing'; readonly side: Side }
  /** Counts only for what it was made with. */
  | { readonly do: 'tested'; readonly side: Side; readonly typed: TypedSide; readonly result: SideTest }
  | { readonly do: 'starting'; readonly starting: FormState['starting'] };

const NOTHING: TypedSide = { url: '', password: '', trust: '' };

export function emptyForm(place: Place): FormState {
  return {
    place,
    typed: { source: NOTHING, destination: NOTHING },
    tests: { source: { kind: 'untested' }, destination: { kind: 'untested' } },
    trusts: { source: 'hidden', destination: 'hidden' },
    written: 0,
    starting: 'no',
  };
}

/** As it was when another page, or a terminal that was too small, came over it: nothing is under way any more. */
export function restoredForm(state: FormState): FormState {
  const rested = (test: TestState): TestState => (test.kind === 'running' ? { kind: 'untested' } : test);
  const tests = { source: rested(state.tests.source), destination: rested(state.tests.destination) };
  return { ...state, tests, starting: 'no' };
}

export function formAfter(state: FormState, action: FormAction): FormState {
  switch (action.do) {
    case 'go':
      return { ...state, place: action.to };
    case 'next':
    case 'back': {
      const places = placesOf(state).filter((place) => place !== 'batches' || action.batches > 0);
      const step = action.do === 'next' ? 1 : places.length - 1;
      return { ...state, place: places[(places.indexOf(state.place) + step) % places.length] ?? 'batches' };
    }
    case 'type': {
      const before = state.typed[action.side];
      if (before[action.field] === action.text) return state;
      const typed = { ...state.typed, [action.side]: { ...before, [action.field]: action.text } };
      return { ...state, typed, tests: { ...state.tests, [action.side]: { kind: 'untested' } } };
    }
    case 'certificates':
      return withCertificates(state);
    case 'trust':
      return {
        ...state,
        typed: { ...state.typed, [action.side]: action.typed },
        tests: { ...state.tests, [action.side]: { kind: 'untested' } },
        trusts: { ...state.trusts, [action.side]: 'shown' },
        written: state.written + 1,
      };
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
  return PLACES.filter((place) => {
    if (place === 'move') return mayMove(state);
    if (place === 'source trust') return state.trusts.source === 'shown';
    return place !== 'destination trust' || state.trusts.destination === 'shown';
  });
}

/** Lines that the fields of both sides take. */
export function linesOfFields({ trusts }: FormState): number {
  return 4 + SIDES.filter((side) => trusts[side] === 'shown').length;
}

function withCertificates(state: FormState): FormState {
  const here = state.place.startsWith('destination') ? 'destination' : 'source';
  if (SIDES.some((side) => state.trusts[side] === 'hidden'))
    return { ...state, place: `${here} trust`, trusts: { source: 'shown', destination: 'shown' } };
  const shown = (side: Side) => (state.typed[side].trust === '' ? 'hidden' : 'shown');
  const trusts = { source: shown('source'), destination: shown('destination') } as const;
  const isGone = state.place.endsWith('trust') && trusts[here] === 'hidden';
  return { ...state, trusts, place: isGone ? `${here} password` : state.place };
}

/** It was typed on both sides. */
export function isOneMailbox({ source, destination }: MoveDraft): boolean {
  const [one, other] = [source, destination].map(({ url }) => url.trim().toLowerCase());
  return one !== '' && one === other;
}

export function mayMove({ tests, typed }: FormState): boolean {
  return isGood(tests.source) && isGood(tests.destination) && !isOneMailbox(typed);
}

export function isFilled({ url, password }: TypedSide): boolean {
  return url.trim() !== '' && password !== '';
}

function isGood(test: TestState): boolean {
  return test.kind === 'done' && test.result.ok;
}

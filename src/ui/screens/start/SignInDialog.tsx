import { type ReactElement, useEffect, useReducer, useRef, useState } from 'react';
import type { Side } from '../../../words/side.js';
import { FormDialog } from '../../components/FormDialog.js';
import {
  type Field,
  type FormState,
  type FormStep,
  formAfter,
  NEW_FORM,
  type Values,
  valuesOf,
} from '../../components/form.js';
import { useLook } from '../../look.js';
import { useShell } from '../../shell/context.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { saidLines } from '../errors/actions/CommandDialog.js';
import { usePress } from '../errors/actions/use-press.js';
import { useStart } from './context.js';
import { PastedLines } from './pasted-lines.js';
import type { Application, SignInPage } from './services.js';

export interface SignInDialogProps {
  readonly side: Side;
  /** Why a password will not do, in a sentence. */
  readonly why: string;
  /** One at least. */
  readonly applications: readonly Application[];
  readonly width: number;
  /** Tokens come by this application from now on. */
  readonly onSignedIn: (application: string) => void;
  readonly onClose: () => void;
}

/** Access tokens in place of a password: an application is chosen, and where somebody has to sign in, they do so here. */
export function SignInDialog({ side, why, applications, width, onSignedIn, onClose }: SignInDialogProps): ReactElement {
  const { glyphs } = useLook();
  const { page, pasted, signIn } = useSignIn(onSignedIn);
  const fields = () => fieldsOf(applications, page);
  const [state, step] = useReducer((now: FormState, to: FormStep) => formAfter(now, to, fields), NEW_FORM);
  const { said, press } = usePress('waiting for the sign-in ...');
  const values: Values = valuesOf(state, fields);
  const chosen = applications.find(({ name }) => name === values.application);
  const confirm = (): void => {
    if (page !== null) pasted.push(values.address ?? '');
    else if (chosen?.wants === 'nothing') onSignedIn(chosen.name);
    else if (chosen) press(() => signIn(chosen));
  };
  const inner = width - 4;
  const dim = (text: string) => wrap(text, inner - 2, 3).map((line): Spans => [' ', span('dim', line)]);
  return (
    <FormDialog
      title={`sign in to the ${side}`}
      status=""
      head={page === null ? dim(why) : pageLines(page, inner)}
      fields={fields()}
      foot={said === null ? dim(WHERE_TOKENS_GO) : saidLines(said, inner, glyphs)}
      state={state}
      action={actionOf(page, chosen)}
      width={width}
      onStep={step}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}

const WHERE_TOKENS_GO = 'Tokens stay in memory. A refresh token is kept only in the file that the application names.';

/** A sign-in, given up when its dialog goes. */
function useSignIn(onSignedIn: SignInDialogProps['onSignedIn']) {
  const { services } = useStart();
  const shell = useShell();
  const [page, setPage] = useState<SignInPage | null>(null);
  const pasted = useRef(new PastedLines());
  const over = useRef(new AbortController());
  useEffect(() => {
    const [lines, leaving] = [pasted.current, over.current];
    return () => {
      leaving.abort();
      lines.end();
    };
  }, []);
  const asked = (shown: SignInPage): void => {
    setPage(shown);
    shell.copy(shown.code ?? shown.page, shown.code === null ? 'the page' : 'the code');
  };
  const signIn = async ({ name }: Application): Promise<string | null> => {
    const { signal } = over.current;
    const done = await services.signIn(name, { signal, pasted: pasted.current, asked });
    if (signal.aborted) return null;
    setPage(null);
    if (!done.ok) return done.why;
    onSignedIn(name);
    return null;
  };
  return { page, pasted: pasted.current, signIn };
}

/** The label of the button; null: only the browser goes on. */
function actionOf(page: SignInPage | null, chosen: Application | undefined): string | null {
  if (page !== null) return page.code === null ? 'Take the address' : null;
  return chosen?.wants === 'nothing' ? 'Use it' : 'Sign in';
}

function fieldsOf(applications: readonly Application[], page: SignInPage | null): readonly Field[] {
  if (page === null) {
    const options = applications.map(({ name, says, wants }) => ({
      ...{ id: name, label: name },
      explains: wants === 'nothing' ? says : `${says}, which nobody did yet`,
    }));
    return [{ kind: 'choice', id: 'application', label: '', shape: 'list', options }];
  }
  if (page.code !== null) return [];
  return [
    {
      kind: 'text',
      id: 'address',
      label: 'address',
      initial: '',
      hint: 'where the browser ended, if it is on another machine',
    },
  ];
}

/** The page whole: it may be copied by hand. */
function pageLines({ page, code }: SignInPage, inner: number): readonly Spans[] {
  const cells = inner - 2;
  const pieces = Array.from({ length: Math.ceil(page.length / cells) }, (_, at) =>
    page.slice(at * cells, (at + 1) * cells),
  );
  return [
    [' ', 'Open this page in a browser', code === null ? ' and sign in:' : ', on any machine:'],
    ...pieces.map((piece): Spans => [' ', { tone: 'accent', text: piece, link: page }]),
    ...(code === null ? [] : [[], [' ', 'and type this code there:  ', span('strong', code)] as Spans]),
  ];
}

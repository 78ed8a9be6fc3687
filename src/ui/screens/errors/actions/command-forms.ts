import type { ErrorEntryEntity } from '../../../../protocol/answers.js';
import type { CommandOf, EngineCommand } from '../../../../protocol/commands.js';
import type { MailboxEntity } from '../../../../protocol/entities.js';
import { fileStamp } from '../../../../words/times.js';
import { plural, showCount } from '../../../../words/units.js';
import { KINDS, type Kind } from '../../../../words/verdict.js';
import type { Field, Values } from '../../../components/form.js';
import { keyOf } from '../../../keys/bindings.js';
import type { TriageTarget } from '../../../select/triage-target.js';
import { KIND_WORDS } from '../../../select/verdict-words.js';
import type { CommandDialogProps } from './CommandDialog.js';

/** The properties of a dialog that make it one of these. */
export type CommandForm<C extends EngineCommand> = Pick<
  CommandDialogProps<C>,
  'title' | 'status' | 'about' | 'fields' | 'action' | 'command'
>;

/** Where the operator is, for paths. */
export interface Paths {
  /** As a file name: letters, digits, dots and dashes. */
  readonly batch: string;
  /** For names of files that stand beside each other: milliseconds since the epoch. */
  readonly now: number;
  wholePath(typed: string): string;
}

/** Names that a question lists. */
const NAMED = 4;

const FORMATS = ['csv', 'json'] as const;

/** Writes what is open of the target into a file. */
export function exportForm(target: TriageTarget, { batch, now, wholePath }: Paths): CommandForm<CommandOf<'export'>> {
  const stamp = fileStamp(now);
  const formatOf = (values: Values) => FORMATS.find((one) => one === values.format) ?? 'csv';
  return {
    title: 'save to a file',
    status: target.called,
    about: [
      target.says,
      'A row for each message, into a file on this machine. One that is there already is not written over.',
    ],
    fields: (values) => [
      {
        kind: 'choice',
        id: 'format',
        label: 'as',
        shape: 'line',
        options: FORMATS.map((format) => ({ id: format, label: format.toUpperCase() })),
      },
      {
        kind: 'choice',
        id: 'headers',
        label: 'with',
        shape: 'line',
        options: [
          { id: 'no', label: 'what is known' },
          { id: 'read', label: 'From, Subject, size: the source is asked' },
        ],
      },
      // Another format has another ending, so it is another field.
      pathField(`path.${formatOf(values)}`, `~/${batch}-errors-${stamp}.${formatOf(values)}`),
    ],
    action: 'Save',
    command: (values) => {
      const format = formatOf(values);
      const path = values[`path.${format}`] ?? '';
      if (path.trim() === '') return { wrong: 'a path is expected' };
      const headers = values.headers === 'read' ? { headers: 'read' as const } : {};
      return { do: 'export', selection: target.selection, format, path: wholePath(path), ...headers };
    },
  };
}

/** Gives mailboxes up; the reason stands beside them. */
export function giveUpForm(mailboxes: readonly MailboxEntity[], by: string): CommandForm<CommandOf<'give-up'>> {
  const names = mailboxes.slice(0, NAMED).map(({ email }) => email);
  const more = mailboxes.length - names.length;
  const uncopied = mailboxes.reduce((sum, { counts }) => sum + counts.left + counts.failed, 0);
  return {
    title: 'give up',
    status: plural(mailboxes.length, 'mailbox', 'mailboxes'),
    about: [
      more > 0 ? `${names.join(', ')} and ${showCount(more)} more` : names.join(', '),
      `Nothing more is tried; what was copied stays. ${uncopied > 0 ? `${plural(uncopied, 'message')} known to be not copied. ` : ''}It can be taken back.`,
    ],
    fields: () => [{ kind: 'text', id: 'why', label: 'why', initial: '', hint: 'left the school, moved by hand, ...' }],
    action: `Give up ${showCount(mailboxes.length)}`,
    command: ({ why = '' }) =>
      why.trim() === ''
        ? { wrong: 'say why: it stands beside the mailbox' }
        : { do: 'give-up', mailboxes: mailboxes.map(({ id }) => id), why: why.trim(), by },
  };
}

/** Saves one message as it came. */
export function saveMessageForm(
  message: { readonly id: string; readonly email: string; readonly folder: string; readonly uid: number },
  { wholePath }: Pick<Paths, 'wholePath'>,
): CommandForm<CommandOf<'save-message'>> {
  const { id, email, folder, uid } = message;
  return {
    title: 'save the message',
    status: `UID ${uid}`,
    about: [
      `${email}, ${folder}, UID ${uid}`,
      'It is read from the source as it is, into a file of yours on this machine. A file that is there already is not written over.',
    ],
    fields: () => [pathField('path', `~/${fileName(email)}-${uid}.eml`)],
    action: 'Save',
    command: ({ path = '' }) =>
      path.trim() === ''
        ? { wrong: 'a path is expected' }
        : { do: 'save-message', mailbox: id, folder, uid, path: wholePath(path) },
  };
}

/** Says what responses like one of an entry mean, for the rest of the batch. */
export function correctForm(entry: ErrorEntryEntity, by: string): CommandForm<CommandOf<'correct'>> {
  const { verdict, command, side, response } = entry;
  const kinds = KINDS.filter((kind) => kind !== verdict.kind);
  const chosen = ({ kind }: Values): Kind => kinds.find((one) => one === kind) ?? verdict.kind;
  return {
    title: 'treat responses like this as',
    status: `now ${verdict.kind}`,
    about: [
      response,
      `After ${command} at the ${side}, from now on, in the whole batch. ${keyOf('look.decisions')} lists such rules and removes them.`,
    ],
    fields: () => [
      {
        kind: 'choice',
        id: 'kind',
        label: '',
        shape: 'list',
        options: kinds.map((kind) => ({ id: kind, label: kind, explains: KIND_WORDS[kind] })),
      },
    ],
    action: 'Treat so',
    command: (values) => ({ do: 'correct', entry: entry.id, kind: chosen(values), by }),
  };
}

function pathField(id: string, initial: string): Field {
  return { kind: 'text', id, label: 'to', initial, hint: 'a path' };
}

/** Replaces the characters of an address that some file systems refuse. */
export function fileName(text: string): string {
  return (
    text
      .replace(/[^A-Za-z0-9.@_-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 80) || 'mailbox'
  );
}

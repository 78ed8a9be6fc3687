import { z } from 'zod';
import { ownOptionsSchema, waveSchema } from '../store/batch/batch.js';
import { type ActionRequest, type Selection, TREATMENTS } from '../words/decision.js';
import { SIDES } from '../words/side.js';
import { KINDS } from '../words/verdict.js';
import type { Answers } from './answers.js';
import { LINES_KEPT } from './events.js';

/**
 * The commands that an engine takes, one row each. A new command is a row here and a handler in the engine ({@link
 * Handlers}). The socket, a console's rights and the type of the answer follow from the row.
 */
interface CommandRow {
  /** Its fields besides `do`, as they come over the socket. */
  readonly schema: z.core.$ZodShape;
  /**
   * `batch`: the command needs no mailboxes to be there. `addressed`: it needs them only where it names one (`mailbox`
   * is not null).
   */
  readonly scope: 'batch' | 'mailboxes' | 'addressed';
  /** `read`: the command changes nothing, and a read-only console may send it. */
  readonly access: 'read' | 'change';
  /** The fields of an answer that grants the command. */
  readonly answer: readonly (keyof Answers)[];
}

const mailbox = z.string().max(500);
const folder = z.string().max(2_000);
const name = z.string().max(500);
/** The operator who decides, as they call themselves. */
const by = z.string().max(500);
const path = z.string().max(4_096);
const names = z.array(name).max(10_000).readonly().nullable();
const uid = z.int().min(1);
/** At most a day. A longer time is a typing error. */
const seconds = z.number().min(0).max(86_400);
/** Not bounded by itself, because the whole line is. */
const text = z.string();
const selection = z.strictObject({
  filter: text,
  groups: names,
  entries: names,
  uids: text.nullable(),
}) satisfies z.ZodType<Selection>;
const action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('retry'), afterSeconds: z.number(), treatment: z.enum(TREATMENTS) }),
  z.strictObject({ do: z.literal('try-first'), first: z.number(), treatment: z.enum(TREATMENTS) }),
  z.strictObject({ do: z.literal('skip'), why: z.string().max(2_000) }),
  z.strictObject({ do: z.literal('backoff'), factor: z.number().nullable(), seconds: z.number().nullable() }),
  z.strictObject({ do: z.literal('release') }),
]) satisfies z.ZodType<ActionRequest>;

/** An order about the whole batch (null), or one mailbox. */
const whole = { mailbox: mailbox.nullable() };
const order = { access: 'change', answer: [] } as const;

export const COMMANDS = {
  status: { schema: {}, scope: 'batch', access: 'read', answer: ['status'] },
  /** `drain` ends what is in flight, `now` drops the connections. */
  stop: { schema: { how: z.enum(['drain', 'now']), ...whole }, scope: 'addressed', ...order },
  /** The mailbox settles what is in flight and closes its connections, until `continue`. */
  pause: { schema: whole, scope: 'addressed', ...order },
  continue: { schema: whole, scope: 'addressed', ...order },
  /** Starts a waiting or resting mailbox now; one that is held tries again. */
  start: { schema: { mailbox }, scope: 'mailboxes', ...order },
  postpone: { schema: { mailbox, seconds }, scope: 'mailboxes', ...order },
  stagger: { schema: { min: seconds, max: seconds }, scope: 'batch', ...order },
  concurrency: { schema: { most: z.int() }, scope: 'batch', ...order },
  /** In minutes of the day, by the clocks of a zone; null: always. */
  window: {
    schema: { window: z.strictObject({ from: z.int(), to: z.int(), zone: z.string().max(64) }).nullable() },
    scope: 'batch',
    ...order,
  },
  /**
   * Answers a mailbox that asks for a password; it logs in with it at once. One login for many mailboxes is
   * answered for all of them. Kept in the engine's memory only: no log, no event and no other console gets it.
   */
  password: {
    schema: {
      mailbox,
      side: z.enum(SIDES),
      secret: z.string().max(4_096),
      /** Absent: an operator typed it, and the plan does not have it. */
      origin: z.literal('plan').optional(),
    },
    scope: 'mailboxes',
    ...order,
  },
  /** Answers with the certificate that the server of this mailbox shows now: one connection, without a login. */
  certificate: {
    schema: { side: z.enum(SIDES), mailbox },
    scope: 'mailboxes',
    access: 'change',
    answer: ['certificate'],
  },
  /**
   * Trusts this certificate of a server (SHA-256, upper-case hex) from now on, and no other. It is kept with the batch.
   * `mailbox`: one of that server; null: the batch has one on that side. Held mailboxes go on by `release`.
   */
  trust: {
    schema: { side: z.enum(SIDES), mailbox: mailbox.nullable(), fingerprint: z.string().regex(/^[0-9A-F]{64}$/), by },
    scope: 'mailboxes',
    ...order,
  },
  /** A row of the plan was corrected: its mailbox, which is held or at rest, logs in by these users from now on. Kept with the batch. */
  'correct-row': {
    schema: {
      mailbox,
      sourceUser: name.min(1),
      destinationUser: name.min(1),
      userRoot: name.nullable(),
      own: ownOptionsSchema.nullable(),
      wave: waveSchema.nullable(),
      by,
    },
    scope: 'mailboxes',
    ...order,
  },
  /** Groups of what is open, of what was skipped, and notes. Narrowed down as in {@link Selection}. */
  errors: {
    schema: {
      mailbox: mailbox.nullable(),
      filter: text.optional(),
      by: z.enum(['code', 'kind']).optional(),
      entries: names.optional(),
      uids: text.nullable().optional(),
    },
    scope: 'mailboxes',
    access: 'read',
    answer: ['errors'],
  },
  /** Answers with what an order would do; it is kept for `decide`. */
  preview: { schema: { action, selection }, scope: 'mailboxes', access: 'read', answer: ['preview'] },
  /** Does what was previewed. */
  decide: { schema: { preview: name, by }, scope: 'mailboxes', access: 'change', answer: ['decision'] },
  /** Gives mailboxes up, by id or address: nothing more of them is tried, and they need nobody. `undo` brings them back. */
  'give-up': {
    schema: { mailboxes: z.array(mailbox).min(1).max(50_000).readonly(), why: z.string().max(2_000), by },
    scope: 'mailboxes',
    access: 'change',
    answer: ['decision'],
  },
  undo: { schema: { decision: uid, by }, scope: 'mailboxes', access: 'change', answer: ['decision'] },
  decisions: { schema: {}, scope: 'mailboxes', access: 'read', answer: ['decisions', 'corrections'] },
  /** Reads responses like that of this entry as of another kind, from now on. */
  correct: {
    schema: { entry: name, kind: z.enum(KINDS), by },
    scope: 'mailboxes',
    access: 'change',
    answer: ['corrections'],
  },
  uncorrect: {
    schema: { id: name, by },
    scope: 'mailboxes',
    access: 'change',
    answer: ['corrections'],
  },
  /** Looks at one message at the source, over a connection of its own. Shown to this console only, never kept. */
  message: {
    schema: { mailbox, folder, uid },
    scope: 'mailboxes',
    access: 'change',
    answer: ['message'],
  },
  /** Writes one message into a file of the machine that the engine runs on; an existing file is refused. */
  'save-message': {
    schema: { mailbox, folder, uid, path },
    scope: 'mailboxes',
    access: 'change',
    answer: ['saved'],
  },
  /** Writes what is selected into a file; an existing one is refused. */
  export: {
    schema: {
      selection,
      format: z.enum(['csv', 'json']),
      path,
      /** From, Subject, date and size of each message, read from the source now. Absent: what the ledgers know. */
      headers: z.literal('read').optional(),
    },
    scope: 'mailboxes',
    access: 'change',
    answer: ['saved'],
  },
  /** Reads From, Subject, date and size of failed messages from the source, the first of them. Shown to this console only, never kept. */
  headers: { schema: { selection }, scope: 'mailboxes', access: 'change', answer: ['headers'] },
  /** Answers with what happened since an operator last looked. */
  morning: { schema: {}, scope: 'mailboxes', access: 'read', answer: ['morning'] },
  /** An operator has looked. */
  looked: { schema: { by }, scope: 'mailboxes', ...order },
  /** Answers with the pace of the whole night, in 240 stretches at most: asked when one is over, by those who look at it. */
  pace: { schema: {}, scope: 'mailboxes', access: 'read', answer: ['pace'] },
  /** Plays the rest of the batch as if it went on now. `by`: milliseconds since the epoch; null: no hour is asked for. */
  rehearse: { schema: { by: z.int().nullable() }, scope: 'mailboxes', access: 'read', answer: ['rehearsal'] },
  /** Answers with the last lines of the log, oldest first. */
  log: {
    schema: { lines: z.int().min(0).max(LINES_KEPT) },
    scope: 'batch',
    access: 'read',
    answer: ['log'],
  },
} as const satisfies Readonly<Record<string, CommandRow>>;

type Table = typeof COMMANDS;
export type CommandName = keyof Table;

type Whole<N extends string, Fields extends z.core.$ZodShape> = Readonly<
  z.infer<z.ZodObject<{ do: z.ZodLiteral<N> } & Fields>>
>;

/** A command by its name, or by one of several names. */
export type CommandOf<N extends CommandName> = {
  [K in N]: Table[K] extends { readonly schema: infer Fields extends z.core.$ZodShape } ? Whole<K, Fields> : never;
}[N];
export type EngineCommand = CommandOf<CommandName>;

export interface Refused {
  readonly ok: false;
  readonly why: string;
}

/** An answer that is no refusal. */
export type Granted<N extends CommandName> = {
  [K in N]: { readonly ok: true } & Pick<Answers, Table[K]['answer'][number]>;
}[N];

/** The answer to a command of this name. */
export type AnswerOf<N extends CommandName> = Granted<N> | Refused;
export type EngineAnswer = AnswerOf<CommandName>;

/** Takes commands. Each command gets the answer of its kind. */
export type TakeCommand<Taken extends EngineCommand = EngineCommand> = <C extends Taken>(
  command: C,
) => Promise<AnswerOf<C['do']>>;

/** One function for each command. A missing one, or one with another answer, does not compile. */
export type Handlers<N extends CommandName> = {
  readonly [K in N]: (command: CommandOf<K>) => AnswerOf<K> | Promise<AnswerOf<K>>;
};

/** Has a command answered by the handler of its name. */
export async function handle<N extends CommandName, C extends EngineCommand & { readonly do: N }>(
  handlers: Handlers<N>,
  command: C,
): Promise<AnswerOf<C['do']>> {
  // TypeScript does not see that the handler takes the command of its own member of the union.
  const handler = handlers[command.do] as unknown as (command: C) => AnswerOf<C['do']> | Promise<AnswerOf<C['do']>>;
  return handler(command);
}

/** Like {@link handle}, where not every command has a handler. @param otherwise  the answer to the others */
export async function handleOr<C extends EngineCommand>(
  handlers: Partial<Handlers<CommandName>>,
  command: C,
  otherwise: Refused,
): Promise<AnswerOf<C['do']>> {
  return command.do in handlers ? handle(handlers as Handlers<C['do']>, command) : otherwise;
}

/** Whether the command needs no mailboxes to be there. */
export function isOfBatch(command: EngineCommand): boolean {
  const { scope } = COMMANDS[command.do];
  return scope === 'batch' || (scope === 'addressed' && 'mailbox' in command && command.mailbox === null);
}

/** Whether the command changes nothing. */
export function isRead({ do: name }: EngineCommand): boolean {
  return COMMANDS[name].access === 'read';
}

const schemas = Object.entries(COMMANDS).map(([name, { schema }]) =>
  z.strictObject({ do: z.literal(name), ...schema }),
);

/** A command as it comes over the socket, without unknown fields and with bounded ones. */
export const commandSchema = z.discriminatedUnion('do', schemas as never) as unknown as z.ZodType<EngineCommand>;

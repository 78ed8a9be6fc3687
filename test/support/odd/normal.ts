import type { OddContext } from './context.js';
import { box } from './mail.js';
import type { Item } from './spec.js';
import { nameAsSent } from './words.js';

const FLAGS = '\\Seen \\Answered \\Flagged \\Deleted \\Draft';
const NO_SUCH_FOLDER = '%T NO [NONEXISTENT] no such folder';

/** The answer of an ordinary server to a command, LOGIN and AUTHENTICATE aside, and does. */
export function normalAnswer(context: OddContext, command: string): Item[] {
  return ANSWERS[command]?.(context) ?? ['%T OK done'];
}

const ANSWERS: Readonly<Record<string, (context: OddContext) => Item[]>> = {
  CAPABILITY: ({ spec }) => [
    spec.capability ?? `* CAPABILITY IMAP4rev1 NAMESPACE ${spec.authCaps ?? 'AUTH=PLAIN'} ${spec.caps ?? ''}`.trimEnd(),
    '%T OK done',
  ],
  ID: ({ connection }) => {
    connection.introduced = true;
    return ['* ID ("name" "Odd")', '%T OK ID'];
  },
  STARTTLS: ({ spec }) => [...(spec.starttls ?? ['%T BAD no'])],
  NAMESPACE: (context) => [`* NAMESPACE (("" ${delimiterOf(context)})) NIL NIL`, '%T OK NAMESPACE'],
  LIST: (context) => {
    const shown = (name: string) => (context.spec.nameOut?.(name) ?? name).replace(/[\\"]/g, '\\$&');
    const rows = Object.keys(context.folders).map((name) => `* LIST () ${delimiterOf(context)} "${shown(name)}"`);
    return [...rows, '%T OK LIST'];
  },
  LSUB: () => ['%T OK LSUB'],
  CREATE: ({ folders, name, spec }) => {
    const own = spec.nameIn?.(name) ?? name;
    if (folders[own]) return ['%T NO [ALREADYEXISTS] exists'];
    folders[own] = box();
    return ['%T OK created'];
  },
  DELETE: ({ folders, targetName }) => {
    if (!folders[targetName]) return [NO_SUCH_FOLDER];
    delete folders[targetName];
    return ['%T OK deleted'];
  },
  'UID EXPUNGE': ({ folder, uids }) => {
    if (!folder) return ['%T BAD no folder is open'];
    folder.messages = folder.messages.filter(({ uid, flags }) => !uids.includes(uid) || !flags.includes('\\Deleted'));
    return ['%T OK expunged'];
  },
  STATUS: ({ target, args, literals }) => {
    if (!target) return [NO_SUCH_FOLDER];
    const { messages, uidNext, uidValidity } = target;
    const items = `MESSAGES ${messages.length} UIDNEXT ${uidNext} UIDVALIDITY ${uidValidity}`;
    return [`* STATUS ${nameAsSent(args, literals)} (${items})`, '%T OK STATUS'];
  },
  SELECT: (context) => opened(context, 'READ-WRITE'),
  EXAMINE: (context) => opened(context, 'READ-ONLY'),
  'UID FETCH': (context) => (context.folder ? context.rows() : ['%T BAD no folder is open']),
  'UID SEARCH': (context) =>
    context.folder ? [`* SEARCH ${context.uids.join(' ')}`.trimEnd(), '%T OK SEARCH'] : ['%T BAD no folder is open'],
  'UID STORE': (context) => {
    const flags = /\(([^)]*)\)/.exec(context.args)?.[1]?.split(' ') ?? [];
    const takesOff = / -FLAGS/i.test(context.args);
    for (const uid of context.uids) {
      const message = context.message(uid);
      const others = message.flags.filter((flag) => !flags.includes(flag));
      message.flags = takesOff ? others : [...others, ...flags];
    }
    return ['%T OK STORE'];
  },
  'UID COPY': (context) => copied(context, 'stay'),
  'UID MOVE': (context) => copied(context, 'go'),
  APPEND: (context) => {
    const { target, spec } = context;
    if (!target) return ['%T NO [TRYCREATE] no such folder'];
    const uids = context.appends().map((appended) => context.keep(appended));
    if (!/\bUIDPLUS\b/.test(spec.caps ?? '')) return ['%T OK done'];
    const set = uids.length === 1 ? `${uids[0]}` : `${uids[0]}:${uids.at(-1)}`;
    return [`%T OK [APPENDUID ${target.uidValidity} ${set}] done`];
  },
  LOGOUT: () => ['* BYE bye', '%T OK bye'],
};

function opened(context: OddContext, access: string): Item[] {
  const { connection, state, target, targetName, spec } = context;
  connection.open = target ? targetName : null;
  if (!target) return [NO_SUCH_FOLDER];
  state.opened++;
  return [
    `* FLAGS (${FLAGS})`,
    `* OK [PERMANENTFLAGS (${spec.permanentFlags ?? `${FLAGS} \\*`})] ok`,
    `* ${target.messages.length} EXISTS`,
    '* 0 RECENT',
    `* OK [UIDVALIDITY ${target.uidValidity}] ok`,
    `* OK [UIDNEXT ${target.uidNext}] ok`,
    `%T OK [${access}] done`,
  ];
}

function copied({ folder, target, uids, spec }: OddContext, originals: 'stay' | 'go'): Item[] {
  if (!folder) return ['%T BAD no folder is open'];
  if (!target) return [NO_SUCH_FOLDER];
  const given = folder.messages.filter(({ uid }) => uids.includes(uid));
  const added = given.map((message) => ({ ...message, uid: target.uidNext++ }));
  target.messages.push(...added);
  if (originals === 'go') folder.messages = folder.messages.filter((message) => !given.includes(message));
  const sets = [given, added].map((messages) => messages.map(({ uid }) => uid).join(','));
  const code = `[COPYUID ${target.uidValidity} ${sets.join(' ')}] `;
  return [`%T OK ${/\bUIDPLUS\b/.test(spec.caps ?? '') && given.length > 0 ? code : ''}done`];
}

function delimiterOf({ spec }: OddContext): string {
  const delimiter = spec.delimiter === undefined ? '/' : spec.delimiter;
  return delimiter === null ? 'NIL' : `"${delimiter}"`;
}

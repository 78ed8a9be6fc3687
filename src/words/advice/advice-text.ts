import { plural } from '../units.js';
import type { Advice, FolderRename } from './advice.js';
import type { PlainAdvice } from './advice-keys.js';
import { OF_APPLICATIONS } from './of-applications.js';
import { OF_CONNECTIONS } from './of-connections.js';
import { OF_FOLDERS } from './of-folders.js';
import { OF_LOGINS } from './of-logins.js';
import { OF_MESSAGES } from './of-messages.js';
import { OF_REFUSALS } from './of-refusals.js';
import { OF_THE_BATCH } from './of-the-batch.js';
import type { Texts } from './texts.js';

const PLAIN: Texts<PlainAdvice> = {
  ...OF_CONNECTIONS,
  ...OF_LOGINS,
  ...OF_REFUSALS,
  ...OF_MESSAGES,
  ...OF_FOLDERS,
  ...OF_THE_BATCH,
};

/** Stands for a batch where none is known: `nightferry resume NAME`. */
export const ANY_BATCH = 'NAME';

/**
 * An advice in an operator's words, for the person who reads the list in the morning. Names of folders are as the
 * server has them: whoever shows it makes it harmless. Null: ''.
 *
 * @param batch  as it is typed after a command
 */
export function adviceText(advice: Advice | null, batch: string): string {
  if (advice === null) return '';
  switch (advice.key) {
    case 'as-written':
      return advice.text;
    case 'too big':
      return TOO_BIG[advice.ceiling];
    case 'not all listed':
      return `What it lists is copied. Compare the folder in the ${advice.side}’s web mail; its index may have to be rebuilt. Then resume.`;
    case 'message breaks':
      return MESSAGE_BREAKS[advice.side];
    case 'folder breaks':
      return `The ${advice.side} fails on this folder, and its other folders went on. Ask its administrator to repair the folder, then resume.`;
    case 'name taken':
      return `The destination takes ${advice.name} and ${advice.twin} for one name, so ${advice.source} is not copied. Move again, ${under(advice)}`;
    case 'name too long':
      return `The name of ${advice.source} is ${plural(advice.bytes, 'byte')} long at the destination, and it takes none so long. Move again, ${under(advice)}`;
    case 'name hidden':
      return `The destination said OK when ${advice.name} was made, and shows no such folder, so ${advice.source} is not copied. Most often a right is missing: give the login all rights on ${advice.name} there (lookup, read, insert, write), then resume. If it does not take the name: move again, ${under(advice)}`;
    case 'name refused':
      return `The destination does not take the name ${advice.name}, so ${advice.source} is not copied. Move again, ${under(advice)}`;
    case 'folders below mail':
      return belowMail(advice);
    case 'inbox spelled twice':
      return inboxTwice(advice);
    case 'application refused':
      return OF_APPLICATIONS[advice.wrong];
    case 'sign in again':
      return `Sign in again: \`nightferry login ${advice.oauth}\`; then release the mailbox.`;
    default: {
      const text = PLAIN[advice.key];
      return typeof text === 'string' ? text : text(batch);
    }
  }
}

type Of<Key extends Advice['key']> = Extract<Advice, { readonly key: Key }>;

const HIGHER_LIMIT = 'Raise the size limit at the destination and resume, or hand the message over another way.';
const TOO_BIG: Readonly<Record<Of<'too big'>['ceiling'], string>> = {
  'the destination': HIGHER_LIMIT,
  'the folder': HIGHER_LIMIT,
  'the profile of the destination':
    'Where the destination takes more, give a file with another message-bytes as --destination-profile and resume.',
  '--max-size': 'Raise --max-size and resume.',
};

const MESSAGE_BREAKS: Readonly<Record<Of<'message breaks'>['side'], string>> = {
  destination:
    'The destination fails on this message. Its log at these times says why; where the message holds odd bytes (NUL, bare line ends), nightferry retry with --repair sends it mended.',
  source:
    'The source fails on this message: open it in its web mail. Where it cannot be shown there either it is damaged on the server; ask its administrator to repair the folder, then retry.',
};

const under = ({ map }: { readonly map: FolderRename }): string =>
  `under a new --name, with ${option(map)}; what was copied is recognised.`;

function belowMail({ top, beside, below, more }: Of<'folders below mail'>): string {
  const others = more > 0 ? `, and the same for the other ${more}` : '';
  return `The destination keeps each folder in one file (mbox): a folder cannot hold mail and folders. Move again, under a new --name, with the folders beside their parent: ${options(beside)}${others}. Or remove ${top} at the destination and put its mail below it: ${options(below)}${others}.`;
}

function inboxTwice({ name, beside }: Of<'inbox spelled twice'>): string {
  const are = beside.length > 1 ? 'are' : 'is';
  return `The source lists INBOX as ${[...beside, name].join(' and ')}. ${beside.join(' and ')} ${are} copied, and ${name} cannot be opened. Rename that folder at the source in its web mail and resume; where it holds nothing, skip this failure.`;
}

const options = (maps: readonly FolderRename[]): string => maps.map(option).join(' ');

/** As a POSIX shell takes it. An equals sign inside a name is no separator. */
function option({ from, to }: FolderRename): string {
  const mapping = [from, to].map((name) => name.replace(/[\\=]/g, '\\$&')).join('=');
  return `--map '${mapping.replaceAll("'", "'\\''")}'`;
}

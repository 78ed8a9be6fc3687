import type { ABOUT_FOLDERS } from './advice-keys.js';
import type { Texts } from './texts.js';

/** Advice about folders and their lists, in words. */
export const OF_FOLDERS: Texts<(typeof ABOUT_FOLDERS)[number]> = {
  'no uids kept': 'Nothing is to be done for this run. Further runs take as long as the first: finish the move in one.',
  unaccounted: (batch) => `\`nightferry resume ${batch}\` copies these messages. Report it with the log of the batch.`,
  'folder unaccounted': (batch) => `\`nightferry resume ${batch}\` looks into it. Report it with the log of the batch.`,
  'not all named':
    'What it named is copied. Compare the folder in the source’s web mail; its index may have to be rebuilt. Then resume.',
  'some not stored':
    'The destination names no UIDs (no UIDPLUS) and changes messages, so nobody can say which of them are missing. Compare the folder on both servers.',
  'stands twice': (batch) =>
    `Nothing is missing: a batch was stored after its connection had dropped and was sent again. \`nightferry quarantine ${batch}\` moves the second copies to a folder of their own at the destination; \`nightferry undo ${batch}\` brings them back.`,
  'uids not used':
    'The UIDs that it names in this folder are not used. What was stored is found by reading the folder back.',
  'uids untrue':
    'The UIDs that it named for these messages are not used. What was stored was found by reading the folder back.',
  'cannot be read back': (batch) =>
    `All other messages of the folder were read back. Open these at the destination, and ask its administrator to repair the folder; \`nightferry resume ${batch}\` reads them again.`,
  'row unreadable':
    'A folder that this row names is not copied. Rename that folder at the source to a plain name and resume, or show the row to the source’s provider.',
  'namespace unreadable':
    'The folders were listed with LIST and its delimiter. Where they are all there, skip this failure; where this login also sees mailboxes of others, they may be among them: leave those out with `--exclude`.',
  'other folders unknown':
    'Only INBOX is copied: the source does not say what other folders it has. Ask its provider to mend LIST, then resume; where INBOX is all there is, skip this failure.',
  'folder not given':
    'The source names this folder and cannot open or list it, so its mail is not copied. Open it in the source’s web mail; rename or repair it there and resume. Where it holds nothing, skip this failure.',
  'too many names':
    'The server lists more folders than a mailbox can have; it may show a whole file system or a news server. Ask its provider to limit what this login lists, or log in as the mailbox itself where this login lists those of others, then release the mailbox.',
};

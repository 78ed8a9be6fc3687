/** Why a folder of the source is not copied. */
export type WhyLeftOut =
  | 'excluded'
  | 'not included'
  | 'shared'
  /** It holds calendar entries, contacts and the like. */
  | 'no mail'
  /** Of Gmail: it shows messages that have other labels besides. */
  | 'view'
  | 'outside of the user root'
  /** A name that the server marks as no folder, with nothing below it that is moved. */
  | 'no folder';

const TEXTS: Readonly<Record<WhyLeftOut, string>> = {
  excluded: 'excluded by --exclude',
  'not included': 'not among --include',
  shared: 'shared or another user’s folder; --include-shared takes it',
  'no mail': 'holds calendar, contacts, tasks, notes or a journal, no mail; --include takes it',
  view: 'a view of mail that other folders have; it is copied there',
  'outside of the user root': 'outside of the user root',
  'no folder': 'the server marks it as no folder (\\Noselect), and nothing below it is moved',
};

export function leftOutText(why: WhyLeftOut): string {
  return TEXTS[why];
}

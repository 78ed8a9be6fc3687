import type { Fact, Figures } from '../profile.js';
import { BY_PRACTICE, figure, MB, readIn } from './gathered.js';

const BANDWIDTH = readIn('Google Workspace Admin Help: Gmail bandwidth limits');
const CONNECTIONS = readIn('Gmail Help: simultaneous connections');

/** Gmail gives 2,500 MB a day down and 500 MB up. Lists and headers count there, too, so that messages get less. */
export const GOOGLE_FIGURES: Figures = {
  connectionsOfLogin: figure(15, CONNECTIONS),
  downADay: figure(2_000 * MB, BANDWIDTH),
  upADay: figure(400 * MB, BANDWIDTH),
};

export const GOOGLE_FACTS: readonly Fact[] = [
  {
    about: 'limits',
    text: '2,500 MB a day down and 500 MB up; over it the account is locked for 1 to 24 hours',
    ...BANDWIDTH,
  },
  {
    about: 'hidden mail',
    text: 'a size limit for folders (1,000 to 10,000 messages) and "Show in IMAP" by label hide mail',
    ...BY_PRACTICE,
  },
  {
    about: 'duplicates',
    text: 'keeps one of equal messages of an account, and shows it under each label',
    ...BY_PRACTICE,
  },
  { about: 'folders', text: 'All Mail, Starred and Important show messages that lie elsewhere', ...BY_PRACTICE },
];

import { NO_MAIL_NAMES } from '../no-mail-names.js';
import type { Profile } from '../profile.js';
import { BY_PRACTICE, figure, MB, readIn } from './gathered.js';

const LIMITS = readIn('Microsoft Learn: Exchange Online limits');

export const m365: Profile = {
  name: 'm365',
  title: 'Microsoft 365',
  marks: {
    hosts: ['office365.com', 'outlook.com', 'office365.us', 'partner.outlook.cn'],
    says: null,
    capabilities: [],
  },
  figures: {
    // By default; an administrator may raise it to 150 MB.
    messageBytes: figure(35 * MB, LIMITS),
    lineOctets: figure(10_500, BY_PRACTICE),
    noMailNames: figure(NO_MAIL_NAMES, BY_PRACTICE),
  },
  facts: [
    {
      about: 'login',
      text: 'OAuth only; a token without the right to the mailbox is "authenticated but not connected"',
      ...BY_PRACTICE,
    },
    {
      about: 'limits',
      text: 'announces no QUOTA, APPENDLIMIT, CONDSTORE, SPECIAL-USE and STATUS=SIZE',
      ...BY_PRACTICE,
    },
    { about: 'limits', text: 'an administrator may raise the largest message to 150 MB', ...LIMITS },
    {
      about: 'flags',
      text: '\\Flagged is lost when a message is stored, and set again when the folder is read back',
      ...BY_PRACTICE,
    },
    {
      about: 'throttling',
      text: 'about 3,600 messages an hour; "Suggested Backoff Time: N milliseconds", up to 50 minutes, is obeyed',
      ...BY_PRACTICE,
    },
    { about: 'errors', text: 'ends a connection after 10 refused commands', ...BY_PRACTICE },
    {
      about: 'folders',
      text: 'shows calendar, contacts and tasks as folders; some names are reserved',
      ...BY_PRACTICE,
    },
  ],
};

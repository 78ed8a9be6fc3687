import type { Profile } from '../profile.js';
import { BY_PRACTICE, readIn } from './gathered.js';

export const yahooAol: Profile = {
  name: 'yahoo-aol',
  title: 'Yahoo and AOL',
  marks: { hosts: ['mail.yahoo.com', 'aol.com', 'yahoodns.net'], says: null, capabilities: [] },
  figures: {},
  facts: [
    { about: 'login', text: 'an app password', ...BY_PRACTICE },
    {
      about: 'hidden mail',
      text: 'shows the 10,000 newest messages of a folder; export.imap.mail.yahoo.com shows all',
      ...BY_PRACTICE,
    },
    {
      about: 'limits',
      text: 'works on at most 1,000 messages a command, and says so (MESSAGELIMIT)',
      ...readIn('RFC 9738'),
    },
    { about: 'throttling', text: '[LIMIT] Rate limit hit', ...BY_PRACTICE },
  ],
};

import type { Profile } from '../profile.js';
import { BY_PRACTICE, figure, MB, readIn } from './gathered.js';

const LIMITS = readIn('Apple Support: iCloud mailbox size and message sending limits');

export const icloud: Profile = {
  name: 'icloud',
  title: 'iCloud',
  marks: { hosts: ['mail.me.com', 'mail.icloud.com'], says: null, capabilities: [] },
  figures: {
    messageBytes: figure(20 * MB, LIMITS),
  },
  facts: [
    {
      about: 'login',
      text: 'an app password; the user is the part before the @, or the whole address',
      ...BY_PRACTICE,
    },
    { about: 'throttling', text: 'NO Service temporarily unavailable', ...BY_PRACTICE },
  ],
};

import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const courier: Profile = {
  name: 'courier',
  title: 'Courier',
  marks: { hosts: [], says: /\bCourier(?:-IMAP)?\b/i, capabilities: [] },
  figures: {},
  facts: [
    { about: 'limits', text: 'MAXPERIP in its settings limits the connections from one address', ...BY_PRACTICE },
  ],
};

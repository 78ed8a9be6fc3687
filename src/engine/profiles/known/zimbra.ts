import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const zimbra: Profile = {
  name: 'zimbra',
  title: 'Zimbra',
  marks: { hosts: [], says: /\bZimbra\b/i, capabilities: [] },
  figures: {},
  facts: [
    { about: 'login', text: 'an administrator acts as a user by SASL authzid (RFC 4616)', ...BY_PRACTICE },
    { about: 'duplicates', text: 'may keep one of equal messages', ...BY_PRACTICE },
  ],
};

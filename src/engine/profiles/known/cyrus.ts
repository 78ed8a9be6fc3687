import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const cyrus: Profile = {
  name: 'cyrus',
  title: 'Cyrus IMAP',
  marks: { hosts: [], says: /\bCyrus\b/i, capabilities: [] },
  figures: {},
  facts: [{ about: 'login', text: 'an administrator acts as a user by SASL authzid (RFC 4616)', ...BY_PRACTICE }],
};

import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const zoho: Profile = {
  name: 'zoho',
  title: 'Zoho Mail',
  marks: {
    hosts: ['zoho.com', 'zoho.eu', 'zoho.in', 'zoho.com.au', 'zoho.jp', 'zohocloud.ca'],
    says: null,
    capabilities: [],
  },
  figures: {},
  facts: [
    { about: 'login', text: 'a password, or an app password; IMAP is switched on by user', ...BY_PRACTICE },
    { about: 'hidden mail', text: 'folders may be hidden from IMAP by settings', ...BY_PRACTICE },
    { about: 'limits', text: 'limits connections by server; the number is not published', ...BY_PRACTICE },
  ],
};

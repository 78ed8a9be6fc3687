import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const gmx: Profile = {
  name: 'gmx',
  title: 'GMX and WEB.DE',
  marks: { hosts: ['gmx.net', 'gmx.com', 'gmx.de', 'web.de'], says: null, capabilities: [] },
  figures: {},
  facts: [{ about: 'login', text: 'IMAP is off until the user switches it on in the web mail', ...BY_PRACTICE }],
};

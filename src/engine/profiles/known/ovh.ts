import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const ovh: Profile = {
  name: 'ovh',
  title: 'OVH',
  marks: { hosts: ['ovh.net', 'ovh.ca'], says: null, capabilities: [] },
  figures: {},
  facts: [{ about: 'login', text: 'the password of the mailbox', ...BY_PRACTICE }],
};

import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const fastmail: Profile = {
  name: 'fastmail',
  title: 'Fastmail',
  marks: { hosts: ['fastmail.com', 'messagingengine.com'], says: null, capabilities: [] },
  figures: {},
  facts: [{ about: 'login', text: 'an app password', ...BY_PRACTICE }],
};

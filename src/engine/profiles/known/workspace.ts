import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';
import { GOOGLE_FACTS, GOOGLE_FIGURES } from './google.js';

export const workspace: Profile = {
  name: 'workspace',
  title: 'Google Workspace',
  marks: { hosts: [], says: null, capabilities: [] },
  figures: GOOGLE_FIGURES,
  facts: [
    {
      about: 'login',
      text: 'OAuth; a service account with domain-wide delegation opens all mailboxes',
      ...BY_PRACTICE,
    },
    ...GOOGLE_FACTS,
  ],
};

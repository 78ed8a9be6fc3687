import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';
import { GOOGLE_FACTS, GOOGLE_FIGURES } from './google.js';

export const gmail: Profile = {
  name: 'gmail',
  title: 'Gmail',
  marks: { hosts: ['gmail.com', 'googlemail.com'], says: /\bGimap\b/, capabilities: ['X-GM-EXT-1'] },
  figures: GOOGLE_FIGURES,
  facts: [
    { about: 'login', text: 'OAuth, or an app password where 2-step verification is on', ...BY_PRACTICE },
    ...GOOGLE_FACTS,
  ],
};

import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const yandex: Profile = {
  name: 'yandex',
  title: 'Yandex',
  marks: { hosts: ['yandex.com', 'yandex.ru', 'yandex.net'], says: /\bYandex\b/i, capabilities: [] },
  figures: {},
  facts: [
    { about: 'login', text: 'an app password; "invalid credentials or IMAP is disabled" is either', ...BY_PRACTICE },
    { about: 'errors', text: 'SEARCH is not to be relied on', ...BY_PRACTICE },
  ],
};

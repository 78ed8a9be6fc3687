import type { Profile } from '../profile.js';
import { BY_PRACTICE, figure, readIn } from './gathered.js';

const ID = readIn('RFC 2971, and threads of mail clients');

export const netease: Profile = {
  name: 'netease',
  title: 'NetEase (163, 126, 188)',
  marks: { hosts: ['163.com', '126.com', '188.com', 'yeah.net'], says: null, capabilities: [] },
  figures: {
    introduces: figure('always', ID),
  },
  facts: [
    { about: 'login', text: 'an authorisation code in place of the password', ...BY_PRACTICE },
    { about: 'errors', text: 'Unsafe Login, where no ID came before SELECT', ...BY_PRACTICE },
  ],
};

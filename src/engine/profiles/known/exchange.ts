import { NO_MAIL_NAMES } from '../no-mail-names.js';
import type { Profile } from '../profile.js';
import { BY_PRACTICE, figure, readIn } from './gathered.js';

const SETTINGS = readIn('Microsoft Learn: Set-ImapSettings');

export const exchange: Profile = {
  name: 'exchange',
  title: 'Exchange on premises',
  marks: { hosts: [], says: /\b(?:exchange|microsoft|outlook)\b/i, capabilities: [] },
  figures: {
    connectionsOfLogin: figure(16, SETTINGS),
    noMailNames: figure(NO_MAIL_NAMES, BY_PRACTICE),
  },
  facts: [
    { about: 'login', text: 'an administrator logs in as domain/admin/user', ...BY_PRACTICE },
    {
      about: 'limits',
      text: 'takes messages of 10 MB and lines of 9,900 octets unless an administrator raised that',
      ...BY_PRACTICE,
    },
    { about: 'limits', text: '16 connections of a user (MaxConnectionsPerUser)', ...SETTINGS },
    { about: 'folders', text: 'shows calendar, contacts and tasks as folders', ...BY_PRACTICE },
  ],
};

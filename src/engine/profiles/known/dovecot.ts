import type { Profile } from '../profile.js';
import { figure, readIn } from './gathered.js';

const MANUAL = readIn('Dovecot manual');

export const dovecot: Profile = {
  name: 'dovecot',
  title: 'Dovecot',
  marks: { hosts: [], says: /\bDovecot\b/i, capabilities: [] },
  figures: {
    connectionsOfLogin: figure(10, MANUAL),
  },
  facts: [
    { about: 'login', text: 'a master user logs in as user*master', ...MANUAL },
    { about: 'limits', text: '10 connections of a user from one address (mail_max_userip_connections)', ...MANUAL },
  ],
};

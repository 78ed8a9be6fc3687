import type { Profile } from '../profile.js';
import { BY_PRACTICE } from './gathered.js';

export const ionos: Profile = {
  name: 'ionos',
  title: 'IONOS',
  marks: {
    hosts: ['ionos.com', 'ionos.de', 'ionos.es', 'ionos.fr', 'ionos.it', 'ionos.co.uk', '1und1.de', '1and1.com'],
    says: null,
    capabilities: [],
  },
  figures: {},
  facts: [{ about: 'login', text: 'the password of the mailbox', ...BY_PRACTICE }],
};

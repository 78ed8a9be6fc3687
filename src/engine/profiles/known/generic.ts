import type { Profile } from '../profile.js';

export const generic: Profile = {
  name: 'generic',
  title: 'any other server',
  marks: { hosts: [], says: null, capabilities: [] },
  figures: {},
  facts: [],
};

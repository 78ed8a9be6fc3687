import type { Profile } from '../profile.js';
import { figure, readIn } from './gathered.js';

const MANUAL = readIn('Stalwart manual');

export const stalwart: Profile = {
  name: 'stalwart',
  title: 'Stalwart',
  marks: { hosts: [], says: /\bStalwart\b/i, capabilities: [] },
  figures: {
    connectionsOfLogin: figure(16, MANUAL),
  },
  facts: [
    {
      about: 'limits',
      text: '16 connections of an account and 2,000 requests a minute, unless set otherwise',
      ...MANUAL,
    },
  ],
};

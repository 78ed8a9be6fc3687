import type { Profile, ProfileName } from '../profile.js';
import { courier } from './courier.js';
import { cyrus } from './cyrus.js';
import { dovecot } from './dovecot.js';
import { exchange } from './exchange.js';
import { fastmail } from './fastmail.js';
import { generic } from './generic.js';
import { gmail } from './gmail.js';
import { gmx } from './gmx.js';
import { icloud } from './icloud.js';
import { ionos } from './ionos.js';
import { m365 } from './m365.js';
import { netease } from './netease.js';
import { ovh } from './ovh.js';
import { stalwart } from './stalwart.js';
import { workspace } from './workspace.js';
import { yahooAol } from './yahoo-aol.js';
import { yandex } from './yandex.js';
import { zimbra } from './zimbra.js';
import { zoho } from './zoho.js';

const BY_NAME: Readonly<Record<ProfileName, Profile>> = {
  m365,
  gmail,
  workspace,
  'yahoo-aol': yahooAol,
  exchange,
  icloud,
  zoho,
  fastmail,
  ionos,
  ovh,
  gmx,
  yandex,
  netease,
  dovecot,
  cyrus,
  courier,
  zimbra,
  stalwart,
  generic,
};

/** In the order in which they are listed; the first whose marks are met is taken. */
export const ALL_PROFILES: readonly Profile[] = Object.values(BY_NAME);
export const GENERIC: Profile = BY_NAME.generic;

import { describe, expect, it } from 'vitest';
import { aNight } from '../../support/night.js';
import { oddMail } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';

describe('a mailbox with everything in it', () => {
  it('arrives whole: bytes, flags, keywords and dates, in every folder', async () => {
    const night = await aNight({ mail: () => oddMail() });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(night.mailbox('ann')).toMatchObject({ state: { kind: 'synced' }, errors: 0 });
    expect(await night.errors()).toEqual([]);
  });
});

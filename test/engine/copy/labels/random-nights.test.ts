import { expect, it } from 'vitest';
import { pick, seeded } from '../../../../bench/lab/seeded.js';
import type { Account } from '../../../../demo/server/index.js';
import { ALL_MAIL, gmailSource, labelledMail, thereAt } from '../../../support/labelled-mail.js';
import { aNight } from '../../../support/night.js';
import { letter } from '../../../support/odd-mail.js';
import { atByte } from '../../../support/trouble.js';

const LABELS = ['INBOX', 'AAA', 'Work', 'Zoë (privat)', '[Gmail]/Sent Mail'];

/** Gives some messages one more label, which may come before all that they have. */
function addLabels(account: Account, random: () => number): void {
  for (let n = 0; n < 6; n++) {
    const { messages } = account.folder(ALL_MAIL);
    const { raw, internalDate } = messages[pick(random, messages.length)]!;
    const path = LABELS[pick(random, LABELS.length)]!;
    (account.find(path) ?? account.addFolder(path)).add({ raw, internalDate });
  }
}

function takeLabelsOff(account: Account, random: () => number): void {
  for (const path of LABELS) {
    const folder = account.find(path);
    folder?.expunge(...folder.messages.filter(() => random() < 0.3).map(({ uid }) => uid));
  }
}

const subjects = (rows: readonly string[]) => rows.map((row) => row.slice(row.lastIndexOf(': ') + 2)).sort();

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'has each message once after kills at any point, though labels come and go (%i)',
  async (seed) => {
    const random = seeded(seed);
    const labels = seed % 2 === 0 ? 'keywords' : 'first-folder';
    const night = await aNight({
      source: gmailSource,
      destination: { lateMs: 600 },
      mail: () => labelledMail(40, seed),
      options: { labels },
    });
    const account = night.source.account('ann');
    for (let kills = 0; kills < 2; kills++) {
      const running = night.start();
      night.destination.watch(atByte('received', 200 + pick(random, 6_000), () => running.kill()));
      await night.clock.until(Promise.race([running.done, night.clock.sleep(60_000)]));
      running.kill();
      addLabels(account, random);
    }
    expect(await night.run()).toBe(0);
    takeLabelsOff(account, random);
    addLabels(account, random);
    night.source.fill('ann', { INBOX: [letter('new')] });
    expect(await night.run()).toBe(0);
    const all = [...labelledMail(40, seed).INBOX!, letter('new')].length > 0 ? 41 : 0;
    const there = subjects(thereAt(night));
    expect(new Set(there).size).toBe(all);
    expect(there).toHaveLength(all);
  },
);

import { X509Certificate } from 'node:crypto';
import { DEMO_CERTIFICATE, delay, type ImapServer, script, startImapServer, when } from '../../demo/server/index.js';
import { type Clock, systemClock } from '../../src/words/clock.js';
import { letters } from './odd-mail.js';
import { mailIn } from './same-mail.js';

/** A sleep of this length ends when the gate is opened, and not before. */
const UNTIL_OPEN = 24 * 3_600_000;

export const FINGERPRINT = new X509Certificate(DEMO_CERTIFICATE.cert).fingerprint256;

/** Two servers on ports of this machine. The destination answers no APPEND until its gate is opened: a run stays under way. */
export class GatedServers {
  private constructor(
    readonly source: ImapServer,
    readonly destination: ImapServer,
    readonly openGate: () => void,
  ) {}

  static async start(passwords: Readonly<Record<string, string>>): Promise<GatedServers> {
    let openGate: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      openGate = resolve;
    });
    let isOpen = false;
    void opened.then(() => {
      isOpen = true;
    });
    const clock: Clock = {
      ...systemClock,
      sleep: (ms, signal) => (ms >= UNTIL_OPEN ? (isOpen ? Promise.resolve() : opened) : systemClock.sleep(ms, signal)),
    };
    const accounts = Object.fromEntries(Object.entries(passwords).map(([user, password]) => [user, { password }]));
    const source = await startImapServer({ accounts });
    const destination = await startImapServer({ accounts, clock, fault: script(when('APPEND', delay(UNTIL_OPEN))) });
    for (const user of Object.keys(passwords))
      for (const letter of letters(5, user)) source.accounts.get(user).folder('INBOX').add(letter);
    return new GatedServers(source, destination, openGate);
  }

  /** One line a message of INBOX. */
  mail(side: 'source' | 'destination', user: string): string[] {
    return mailIn(this[side].accounts.get(user), 'INBOX');
  }

  get urls(): { readonly source: string; readonly destination: string } {
    return {
      source: `imaps://127.0.0.1:${this.source.tlsPort}`,
      destination: `imaps://127.0.0.1:${this.destination.tlsPort}`,
    };
  }

  /** `move` of a user, to be followed by further options. */
  move(user: string): string[] {
    const [source, destination] = [this.urls.source, this.urls.destination].map((url) =>
      url.replace('imaps://', `imaps://${user}@`),
    );
    return ['move', source!, destination!, ...this.trust];
  }

  get trust(): string[] {
    return ['--source-fingerprint', FINGERPRINT, '--destination-fingerprint', FINGERPRINT];
  }

  async stop(): Promise<void> {
    this.openGate();
    await this.source.stop();
    await this.destination.stop();
  }
}

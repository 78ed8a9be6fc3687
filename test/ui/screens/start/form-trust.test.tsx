import { describe, expect, it } from 'vitest';
import { aStartConsole } from '../../support/a-batch-console.js';
import { turn } from '../../support/manual-clock.js';
import { certificate, PaperStart } from '../../support/paper-start.js';

const UP = '\u001b[A';

describe('the form of the start screen', () => {
  it('shows the fingerprint of a certificate nobody vouches for, and trusts it only when the operator does', async () => {
    const services = new PaperStart();
    const mark = (byte: string) => byte.repeat(32);
    services.showsCertificate = {
      source: { host: 'mail.old.example', why: 'it is signed by itself', certificate: certificate(mark('AB')) },
      destination: { host: 'mail.new.example', why: 'it has expired', certificate: certificate(mark('0C')) },
    };
    const { console } = await aStartConsole(services);
    await console.type('c');
    expect(await console.screen()).not.toContain('trust');
    for (const text of ['imaps://a@old\r', 'x\r', 'imaps://a@new\r', 'y\r', '\r']) await console.type(text);
    await turn();
    await console.clock.pass(300);
    const asked = await console.screen();
    expect(asked).toMatch(/certificate of the source[\s\S]*mail\.old\.example[\s\S]*signed by itself/);
    expect(asked).toContain('AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB');
    // Enter stands on Cancel: nobody trusts by habit.
    await console.type('\r');
    await turn();
    await console.clock.pass(300);
    expect(await console.screen()).toMatch(/certificate of the destination[\s\S]*has expired/);
    expect(services.tested).toHaveLength(2);
    await console.type('Y');
    await turn();
    await console.clock.pass(300);
    const trusted = await console.screen();
    expect(services.tested).toHaveLength(3);
    expect(trusted).toMatch(/trust +0C:0C:0C/);
    expect(trusted).toContain('✗ the certificate is not trusted');
    expect(trusted).toContain('✓ Dovecot, 14 folders, empty');
    expect(services.moved).toEqual([]);
  });

  describe('where one side is slow to answer and the other shows a certificate that nobody vouches for', () => {
    const host = 'mail.old.example';
    async function slowly() {
      const services = new PaperStart();
      services.showsCertificate = {
        source: { host, why: 'it is signed by itself', certificate: certificate('AB'.repeat(32)) },
      };
      const trusted: string[] = [];
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const answers = services.test.bind(services);
      services.test = async (side, typed) => {
        if (typed.trust !== '') trusted.push(typed.url);
        if (side === 'destination') await held;
        return answers(side, typed);
      };
      const { console } = await aStartConsole(services);
      await console.type('c');
      for (const text of ['imaps://a@old', 'x', 'imaps://a@new', 'y', '']) await console.type(`${text}\r`);
      const answered = async (): Promise<void> => {
        release();
        for (let i = 0; i < 3; i++) await console.clock.pass(300);
      };
      return { console, services, trusted, answered };
    }

    it('asks when both have answered', async () => {
      const { console, trusted, answered } = await slowly();
      await answered();
      expect(await console.screen()).toContain('certificate of the source');
      await console.type('Y');
      expect(trusted).toEqual(['imaps://a@old']);
    });

    it('does not ask who went back to a field: the next letter would be an answer', async () => {
      const { console, trusted, answered } = await slowly();
      for (let i = 0; i < 8; i++) await console.type(UP);
      await answered();
      await console.type('Y');
      expect(await console.screen()).toMatch(/from +aY +at old/);
      expect(await console.screen()).not.toContain('certificate of the source');
      expect(trusted).toEqual([]);
    });

    it('does not take the place of another question', async () => {
      const { console, services, trusted, answered } = await slowly();
      await console.type('\u001b');
      await console.clock.pass(100);
      await console.type('jjD');
      await answered();
      expect(await console.screen()).toContain('Delete the records');
      await console.type('Y');
      expect(services.asked).toEqual(['delete test-move']);
      expect(trusted).toEqual([]);
    });
  });

  it('takes a fingerprint or a file where it is wanted, in fields that are shown on a key', async () => {
    const services = new PaperStart();
    const { console } = await aStartConsole(services);
    await console.type('c');
    await console.type('imaps://a@old');
    await console.type('\u000f');
    await console.clock.pass(300);
    expect(await console.screen()).toMatch(/trust +fingerprint of its certificate, or file of its authority/);
    await console.type('/etc/school.pem\r');
    for (const text of ['imaps://a@new\r', 'y\r', '\r']) await console.type(text);
    await console.type('\u000f');
    await console.clock.pass(300);
    const screen = await console.screen();
    expect(screen).toContain('/etc/school.pem');
    // The other field was empty: it is gone again.
    expect(screen.match(/ trust /g)).toHaveLength(1);
  });
});

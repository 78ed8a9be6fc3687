import type {
  BatchSummary,
  Done,
  DryRunSeen,
  MoveDraft,
  SideTest,
  StartServices,
  TypedSide,
  Untrusted,
} from '../../../src/ui/screens/start/services.js';
import { counts, MINUTE, NOW } from './a-batch.js';
import { someFolders } from './some-folders.js';

export function summary(name: string, more: Partial<BatchSummary> = {}): BatchSummary {
  return {
    name,
    state: 'stopped',
    why: '',
    mailboxes: 20,
    byState: {},
    needs: 0,
    counts: counts(1_000, 570),
    expected: 0,
    errors: 0,
    eta: null,
    lastAt: NOW - 600 * MINUTE,
    ...more,
  };
}

export const certificate = (fingerprint: string) => ({
  ...{ fingerprint, subject: 'CN=mail', issuer: 'CN=school', validTo: 'Jan  1 00:00:00 2030 GMT' },
});

export const RUNNING = summary('school-2026', {
  state: 'running',
  byState: { held: 2, copying: 17, scanning: 1 },
  needs: 2,
  errors: 214,
  eta: NOW + 206 * MINUTE,
});
const MEGA = 1024 ** 2;
export const GOOD = {
  ok: true,
  software: 'Dovecot',
  folders: someFolders(14),
  messages: 41_882,
  size: { bytes: 3.3e9, is: 'whole' },
  large: { over: 10 * MEGA, sizes: [11 * MEGA, 26 * MEGA, 30 * MEGA] },
  quota: null,
  appendLimit: 25 * MEGA,
  way: 'MULTIAPPEND, LITERAL+',
  roundTrip: 20,
  notes: [],
} as const satisfies SideTest;
export const REFUSED: SideTest = {
  ok: false,
  why: 'NO [AUTHENTICATIONFAILED] refused',
  advice: 'Check user name and password.',
  at: 'password',
};

export class PaperStart implements StartServices {
  /** Paths of plans that were read. */
  readonly plans: string[] = [];
  async readsPlan(path: string): Promise<Done> {
    this.plans.push(path);
    return path.endsWith('.csv') ? { ok: true } : { ok: false, why: `${path}: there is no such file` };
  }
  list: readonly BatchSummary[] = [
    RUNNING,
    summary('law-firm', { errors: 3 }),
    summary('test-move', { state: 'ended' }),
  ];
  readonly tested: [string, string, string][] = [];
  /** A side that is trusted only by this. */
  showsCertificate: Partial<Record<'source' | 'destination', Untrusted>> = {};
  readonly moved: MoveDraft[] = [];
  readonly seen: MoveDraft['scope'][] = [];
  dryRunSeen: DryRunSeen = { ok: true, lines: ['ann: 17 of 20 messages to copy', '  INBOX 17'] };
  readonly asked: string[] = [];
  answers: Record<'source' | 'destination', SideTest> = {
    source: GOOD,
    destination: { ...GOOD, messages: 0, large: null, notes: ['It is known to be slow at night.'] },
  };

  async batches() {
    return this.list;
  }
  async test(side: 'source' | 'destination', { url, password, trust }: TypedSide): Promise<SideTest> {
    this.tested.push([side, url, password]);
    const untrusted = this.showsCertificate[side];
    if (untrusted && trust.replaceAll(':', '') !== untrusted.certificate.fingerprint)
      return { ok: false, why: 'the certificate is not trusted', advice: 'Compare it.', at: 'trust', untrusted };
    return this.answers[side];
  }
  async applications() {
    return [];
  }
  async signIn() {
    return { ok: false as const, why: 'not in this test' };
  }
  async move(draft: MoveDraft) {
    this.moved.push(draft);
    return { ok: true as const, batch: 'ann-at-old' };
  }
  async dryRun(draft: MoveDraft) {
    this.seen.push(draft.scope);
    return this.dryRunSeen;
  }
  async open(batch: string) {
    this.asked.push(`open ${batch}`);
    return { ok: true as const, batch };
  }
  async resume(batch: string) {
    this.asked.push(`resume ${batch}`);
    return { ok: true as const, batch };
  }
  async delete(batch: string) {
    this.asked.push(`delete ${batch}`);
    this.list = this.list.filter(({ name }) => name !== batch);
    return { ok: true as const };
  }
}

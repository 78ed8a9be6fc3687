import type { AnswerOf, CommandOf } from '../../protocol/commands.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { endpointOf } from '../../store/batch/endpoints.js';
import type { Clock } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import type { Connect } from '../imap/connection/transport.js';
import { probeEndpoint } from './probe.js';
import type { TrustBook } from './trust-book.js';

export interface CertificateDeskParts {
  readonly store: Pick<BatchStore, 'batch'>;
  /** By id or address; undefined where there is none. */
  readonly mailbox: (mailbox: string) => { readonly row: PlanRow } | undefined;
  readonly trust: Pick<TrustBook, 'of'>;
  readonly connect: Connect;
  readonly clock: Clock;
}

/** Looks at the certificate that a server shows now, so that an operator can compare it before they vouch for it. */
export class CertificateDesk {
  #looks = false;

  constructor(private readonly parts: CertificateDeskParts) {}

  async look({ side, mailbox }: CommandOf<'certificate'>): Promise<AnswerOf<'certificate'>> {
    const found = this.parts.mailbox(mailbox);
    if (!found) return { ok: false, why: `no mailbox ${mailbox} in this batch` };
    if (this.#looks) return { ok: false, why: 'a server is being asked for its certificate already' };
    this.#looks = true;
    try {
      return await this.#look(side, found.row);
    } finally {
      this.#looks = false;
    }
  }

  async #look(side: Side, row: PlanRow): Promise<AnswerOf<'certificate'>> {
    const { store, trust, connect, clock } = this.parts;
    const endpoint = endpointOf(store.batch, side, row);
    const trusted = trust.of(row)[side];
    const then = 'leave' as const;
    const probed = await probeEndpoint(side, endpoint, { connect, clock, trust: trusted, then });
    if (probed.kind === 'out of reach') return { ok: false, why: `the ${side} cannot be asked: ${probed.why}` };
    if (probed.kind === 'turned away') return { ok: false, why: `the ${side} turns everybody away: ${probed.line}` };
    const { certificate } = probed;
    if (!certificate) return { ok: false, why: `the ${side} showed no certificate` };
    const code = probed.kind === 'untrusted' ? probed.code : null;
    return { ok: true, certificate: { host: endpoint.host, code, ...certificate, trusted: trusted.fingerprint } };
  }
}

import { sumOfCensus } from '../../engine/check/census.js';
import type { CheckWatch, EndpointProbed } from '../../engine/check/check-watch.js';
import { type Finding, SEVERITY_OF } from '../../engine/check/finding.js';
import { type FindingGroup, groupFindings, groupOf } from '../../engine/check/group-findings.js';
import type { ServerSeen } from '../../engine/check/server-seen.js';
import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { type Endpoints, endpointAt, endpointKey, usedEndpointKeys } from '../../store/batch/endpoints.js';
import type {
  CheckedMailbox,
  CheckServices,
  CheckState,
  CheckView,
  FindingRow,
  GroupRow,
} from '../../ui/screens/check/services.js';
import type { Clock } from '../../words/clock.js';
import { SIDES, type Side } from '../../words/side.js';
import { detailsOf, wordsOf } from './finding-words.js';
import { factsOf, knownFacts } from './server-facts.js';

/** Milliseconds between two frames of a check: more would be drawn than read. */
const FRAME = 250;

const STANDING = {
  answers: 'answers',
  'turned away': 'of no use',
  'out of reach': 'of no use',
  untrusted: 'of no use',
} as const;

interface Server {
  probed: EndpointProbed | null;
  seen: ServerSeen | null;
}

/** A check as it goes on, in words, for a console. */
export class CheckModel implements CheckServices {
  readonly #servers = new Map<string, Server>();
  readonly #mailboxes: Map<string, CheckedMailbox>;
  readonly #listeners = new Set<() => void>();
  readonly #rows = new Map<string, readonly FindingRow[]>();
  readonly #startedAt: number;
  #state: CheckState = 'servers';
  #findings: Finding[] = [];
  /** As the frame that is shown has them; null: not grouped yet. */
  #groups: readonly FindingGroup[] | null = null;
  /** Findings came since they were grouped. */
  #hasNew = false;
  #sums = { done: 0, messages: 0, bytes: 0 };
  #view: CheckView | null = null;
  #isDue = false;

  /** @param onStop  begins nothing more */
  constructor(
    private readonly batch: Pick<Batch, 'name' | 'mailboxes'> & Endpoints,
    private readonly clock: Clock,
    private readonly onStop: () => void,
  ) {
    this.#startedAt = clock.monotonic();
    const waits = { standing: 'waits', messages: null, bytes: null, findings: 0 } as const;
    this.#mailboxes = new Map(batch.mailboxes.map(({ id, email }) => [id, { id, email, ...waits }]));
  }

  readonly watch: CheckWatch = {
    endpoint: (probed) => {
      this.#server(probed.side, probed.key).probed = probed;
      this.#found(probed.findings);
      this.#changed();
    },
    begun: ({ id }) => {
      if (this.#state === 'servers') this.#state = 'mailboxes';
      this.#setMailbox(id, { standing: 'looked at now' });
    },
    mailbox: async (row, census, findings) => {
      const sum = census && sumOfCensus(census);
      this.#found(findings);
      if (census) for (const side of SIDES) this.#server(side, endpointKey(side, row)).seen ??= census.servers[side];
      this.#sums.done++;
      this.#sums.messages += sum?.messages ?? 0;
      this.#sums.bytes += sum?.bytes ?? 0;
      this.#setMailbox(row.id, {
        standing: sum ? 'looked at' : 'not to be had',
        messages: sum?.messages ?? null,
        bytes: sum?.bytes ?? null,
        findings: findings.length,
      });
    },
    notTried: ({ id }) => {
      this.#sums.done++;
      this.#setMailbox(id, { standing: 'not tried' });
    },
    writing: () => this.#goTo('writing'),
  };

  get isOver(): boolean {
    return this.#state === 'done' || this.#state === 'stopped' || this.#state === 'broken';
  }

  /** @param findings  of the whole plan, in place of what was told on the way */
  ends(state: 'done' | 'stopped' | 'broken', findings: readonly Finding[] | null): void {
    if (findings) {
      this.#findings = [];
      this.#found(findings);
    }
    this.#state = state;
    this.#changed();
  }

  readonly view = (): CheckView => {
    this.#view ??= this.#drawn();
    return this.#view;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  rows(group: string): readonly FindingRow[] {
    this.view();
    const known = this.#rows.get(group);
    if (known) return known;
    const found = this.#grouped().find((one) => groupOf(one) === group);
    const rows = (found?.findings ?? []).map((one, at) => ({
      id: `${at} ${one.mailbox} ${one.folder}`,
      mailbox: one.mailbox ?? '',
      details: detailsOf(one),
    }));
    this.#rows.set(group, rows);
    return rows;
  }

  readonly stop = (): void => {
    if (this.isOver) return;
    this.#goTo('stopping');
    this.onStop();
  };

  #found(findings: readonly Finding[]): void {
    for (const one of findings) this.#findings.push(one);
    this.#hasNew = true;
  }

  #grouped(): readonly FindingGroup[] {
    this.#groups ??= groupFindings(this.#findings);
    return this.#groups;
  }

  #goTo(state: CheckState): void {
    this.#state = state;
    this.#changed();
  }

  #server(side: Side, key: string): Server {
    const id = `${side} ${key}`;
    const known = this.#servers.get(id) ?? { probed: null, seen: null };
    this.#servers.set(id, known);
    return known;
  }

  #setMailbox(id: PlanRow['id'], more: Partial<CheckedMailbox>): void {
    const known = this.#mailboxes.get(id);
    if (known) this.#mailboxes.set(id, { ...known, ...more });
    this.#changed();
  }

  /** Frames are drawn a while after the first change, so that thousands of mailboxes cost as much as a few. */
  #changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    void this.clock.sleep(FRAME).then(() => {
      this.#isDue = false;
      this.#view = null;
      if (this.#hasNew) {
        this.#groups = null;
        this.#rows.clear();
        this.#hasNew = false;
      }
      for (const listener of [...this.#listeners]) listener();
    });
  }

  #drawn(): CheckView {
    const { done, messages, bytes } = this.#sums;
    const took = this.clock.monotonic() - this.#startedAt;
    const all = this.#mailboxes.size;
    return {
      plan: this.batch.name,
      state: this.#state,
      servers: SIDES.flatMap((side) =>
        usedEndpointKeys(this.batch, side).map((key) => {
          const { probed, seen } = this.#server(side, key);
          const { host, port } = endpointAt(this.batch, side, key);
          const standing = probed === null ? 'asked' : STANDING[probed.probed.kind];
          const facts = [...(seen ? knownFacts(side, seen) : []), ...(probed ? factsOf(probed) : [])];
          return { side, name: `${host}:${port}`, standing, facts } as const;
        }),
      ),
      mailboxes: [...this.#mailboxes.values()],
      done,
      messages,
      bytes,
      groups: this.#grouped().map((group): GroupRow => {
        const { kind, side, mailboxes, messages } = group;
        return {
          id: groupOf(group),
          severity: SEVERITY_OF[kind],
          ...wordsOf(group),
          side: side ?? '',
          mailboxes,
          messages,
        };
      }),
      left: done === 0 || done === all ? null : (took / done) * (all - done),
    };
  }
}

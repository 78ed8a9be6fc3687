import type { Command } from 'commander';
import type { Probed } from '../../engine/login/probe.js';
import type { Batch } from '../../store/batch/batch.js';
import {
  type EndpointKey,
  endpointAt,
  endpointName,
  usedEndpointKeys,
  withFingerprint,
} from '../../store/batch/endpoints.js';
import { BadInput } from '../../words/bad-input.js';
import { SIDES, type Side } from '../../words/side.js';
import { whyUntrusted } from '../../words/untrusted.js';
import { certificateLines, OUT_OF_REACH, placeText } from '../input/endpoint/probe-text.js';
import type { Display } from '../process/display.js';
import { harmless } from '../process/harmless.js';
import type { Prompts, Servers, Stderr } from '../process/io.js';

export function addWaitOption(command: Command): Command {
  return command.option('--wait', 'start also while a server cannot be reached, and wait for it');
}

export interface WaitFlag {
  /** Where a server cannot be reached the batch is made all the same, and waits for it. */
  readonly wait?: boolean;
}

/** A batch whose servers are being looked at. */
export interface Reaching {
  /** With the certificates that the operator vouched for. */
  readonly batch: Batch;
  /** Resolves when all servers were reached. @throws BadInput  where one was not, before anything is written */
  reached(): Promise<void>;
}

/**
 * Looks at the servers of a batch once, without a login, before anything is written. In a terminal an untrusted
 * certificate is asked about here, and this waits for all; else the look goes on while the engine is loaded.
 *
 * @throws BadInput  in a terminal, as {@link Reaching.reached}
 */
export async function reachEndpoints(
  batch: Batch,
  { wait = false }: WaitFlag,
  display: Pick<Display, 'kind'>,
  io: Stderr & Prompts & Servers,
): Promise<Reaching> {
  const looks = SIDES.flatMap((side) =>
    usedEndpointKeys(batch, side).map(async (key): Promise<Look> => {
      const endpoint = endpointAt(batch, side, key);
      return { side, key, probed: await io.probe(side, endpoint, display.kind === 'lines' ? 'keep' : 'leave') };
    }),
  );
  const all = Promise.all(looks);
  // Whoever waits for it hears of it.
  all.catch(() => undefined);
  const confirm = display.kind === 'console' ? io.confirm : null;
  if (confirm === null) return { batch, reached: async () => refuse(batch, await all, wait) };
  const found = await all;
  const trusted = await askAbout(batch, found, confirm, io);
  refuse(trusted, found, wait);
  return { batch: trusted, reached: async () => undefined };
}

/** One endpoint, looked at. */
interface Look {
  readonly side: Side;
  readonly key: EndpointKey;
  readonly probed: Probed;
}
type Found = readonly Look[];

async function askAbout(
  batch: Batch,
  found: Found,
  confirm: NonNullable<Prompts['confirm']>,
  io: Stderr,
): Promise<Batch> {
  let trusted = batch;
  for (const { side, key, probed } of found) {
    const endpoint = endpointAt(batch, side, key);
    const why = probed.kind === 'untrusted' ? whyUntrusted(probed.code) : null;
    if (probed.kind !== 'untrusted' || why === null) continue;
    const lines = certificateLines(placeText(side, endpoint), why, probed.certificate);
    await io.err.write(`${lines.map(harmless).join('\n')}\n`);
    if (!(await confirm('Is it the same, and trusted for this batch?')))
      throw new BadInput(
        `the certificate of the ${endpointName(batch, side, key)} was not confirmed; nothing was started`,
      );
    trusted = withFingerprint(trusted, side, key, probed.certificate.fingerprint);
  }
  return trusted;
}

/** @throws BadInput  one line for all that is wrong */
function refuse(batch: Batch, found: Found, wait: boolean): void {
  const complaints = found.map((look) => complaintOf(batch, look, wait)).filter((one) => one !== '');
  if (complaints.length === 0) return;
  const isAway = found.some(({ probed }) => probed.kind === 'out of reach');
  const next = isAway && !wait ? ' (--wait makes the batch all the same, and waits)' : '';
  throw new BadInput(`${complaints.join('; ')}. Nothing was started${next}`);
}

function complaintOf(batch: Batch, { side, key, probed }: Look, wait: boolean): string {
  const endpoint = endpointAt(batch, side, key);
  const place = placeText(side, endpoint);
  switch (probed.kind) {
    case 'answers':
    // The run tries again.
    case 'turned away':
      return '';
    case 'out of reach':
      return wait ? '' : `${place} ${OUT_OF_REACH[probed.why]}`;
    case 'untrusted': {
      const { fingerprint, subject, issuer, validTo } = probed.certificate;
      // Asked about by now.
      if (endpoint.fingerprint === fingerprint) return '';
      const why = whyUntrusted(probed.code) ?? `it did not pass (${probed.code})`;
      const shown = `SHA-256 ${fingerprint}, made out to ${subject || '-'}, signed by ${issuer || '-'}, valid until ${validTo || '-'}`;
      return endpoint.fingerprint === null
        ? `${place} shows a certificate that is not trusted: ${why} (${shown}). Compare that with the server's administrator, then add --${side}-fingerprint ${fingerprint}`
        : `${place} shows another certificate than --${side}-fingerprint names (${shown})`;
    }
  }
}

import type { CertificateLook } from '../../../protocol/answers.js';
import { type Need, needsOf } from '../../../protocol/needs.js';
import { fingerprintHalves } from '../../../words/fingerprint.js';
import type { Side } from '../../../words/side.js';
import { plural } from '../../../words/units.js';
import { FINGERPRINT_MISMATCH, whyUntrusted } from '../../../words/untrusted.js';
import type { Confirmation } from '../../components/Dialog.js';
import { useBatchConsole } from '../../model/context.js';
import { useShell } from '../../shell/context.js';

/**
 * Shows the certificate that a server shows now beside the one that is trusted, and asks. A yes vouches for that one
 * alone, and its mailboxes try again.
 */
export function useTrust(): (need: Need, side: Side) => void {
  const { model, services } = useBatchConsole();
  const shell = useShell();
  const answer = async ({ cause, mailboxes: [first] }: Need, side: Side): Promise<void> => {
    if (!first) return;
    const mailbox = first.id;
    shell.toast('text', `asking the ${side} for its certificate`);
    const looked = await model.command({ do: 'certificate', side, mailbox });
    if (!looked.ok) return shell.toast('alert', looked.why);
    const { certificate } = looked;
    // The other mailboxes of this server wait for the same one.
    const mailboxes = needsOf(model.view().mailboxes)
      .filter((need) => need.side === side && need.answer === 'certificate' && need.cause?.text === cause?.text)
      .flatMap((need) => need.mailboxes);
    const question = certificateQuestion(side, certificate, mailboxes.length);
    if (question === null)
      return shell.toast('alert', `nobody can vouch for this certificate (${certificate.code}): have it mended`);
    if ((await shell.ask(question)) === 'no') return;
    if (certificate.code !== null) {
      const { fingerprint } = certificate;
      const told = await model.command({ do: 'trust', side, mailbox, fingerprint, by: services.operator });
      if (!told.ok) return shell.toast('alert', told.why);
    }
    for (const { id } of mailboxes) await model.command({ do: 'start', mailbox: id });
    shell.toast('good', `the ${side} is trusted, ${plural(mailboxes.length, 'mailbox tries', 'mailboxes try')} again`);
  };
  return (need, side) => void answer(need, side);
}

/** @param mailboxes  that wait for it  @returns null: an operator must not overrule why it is not trusted */
export function certificateQuestion(side: Side, look: CertificateLook, mailboxes: number): Confirmation | null {
  const { host, code, fingerprint, subject, issuer, validTo, trusted } = look;
  const waiting = plural(mailboxes, 'mailbox waits', 'mailboxes wait');
  const about = `Made out to ${subject || 'nobody'}, signed by ${issuer || 'nobody'}, valid until ${validTo || 'an unknown day'}.`;
  const shows = inTwo('SHA-256 now', fingerprint);
  if (code === null)
    return {
      title: `certificate of the ${side}`,
      scope: `${host} shows a certificate that is trusted by now; ${waiting} for it.`,
      samples: shows,
      consequences: [about],
      action: 'Try again',
      first: 'action',
    };
  const why = code === FINGERPRINT_MISMATCH ? 'it is not the one that was trusted' : whyUntrusted(code);
  if (why === null) return null;
  return {
    title: `certificate of the ${side}`,
    scope: `${host} shows a certificate that is not trusted: ${why}. ${waiting} for it.`,
    samples: [...shows, ...(trusted === null ? [] : inTwo('before it', trusted))],
    consequences: [
      about,
      'Compare it with what whoever runs the server tells you by another way. Then this certificate alone is good for this batch.',
    ],
    action: 'It is the same: trust it',
    first: 'cancel',
  };
}

function inTwo(title: string, fingerprint: string): readonly string[] {
  const [first, second] = fingerprintHalves(fingerprint);
  return [`${title}: ${first}`, second];
}

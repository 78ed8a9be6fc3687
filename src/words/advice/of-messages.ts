import type { ABOUT_MESSAGES } from './advice-keys.js';
import type { Texts } from './texts.js';

/** Advice about messages, in words. */
export const OF_MESSAGES: Texts<(typeof ABOUT_MESSAGES)[number]> = {
  'damaged at the source':
    'Open the message in the source’s web mail; where it cannot be shown there either it is damaged on the server.',
  'whole in web mail':
    'Open the message in the source’s web mail. Where it is whole there, `nightferry retry` asks for it again; `retry --repair` takes it as it comes.',
  'source index damaged': 'The source’s index of this folder is damaged. Have it rebuilt there, then resume.',
  'sizes estimated':
    'Nothing to do. Some servers (Exchange) estimate the size; each of these messages ended where the server says that it ends.',
  'listed another': 'Run it again: the folder is listed anew then.',
  changed: 'The message is there and readable. Compare it with the original where the exact bytes matter (signatures).',
  'not compared': 'The destination lists this message. Open it there and compare it with the original.',
  rewritten:
    'Compare this message on both servers; a filter or a virus scanner at the destination may have rewritten it.',
  'deleted mark left out':
    'The source marks this message as deleted. At the destination it stands among the others, and no EXPUNGE removes it.',
  'cut short':
    'A part of the message is missing there: a filter took it out, or the server lost it. Compare it on both servers; `retry` sends it again beside the part, `skip` accepts the part.',
  'not stored':
    'The destination did not store the message, or somebody moved or deleted it within the run. Look for it there; `retry` sends it again, `skip` leaves it out.',
  dropped:
    'The destination drops messages when the session ends that stored them, or somebody moved or deleted it within the run. Look for it there; the next run sends it again, `skip` leaves it out.',
  'dropped again':
    'It is not sent again by itself. Ask the destination’s administrator for what removes it (a quota, an expiry, a filter); then `retry` sends it, `skip` leaves it out.',
  'another stored':
    'The destination mixes messages up. Look for it there; `retry` sends it again, `skip` leaves it out.',
  'damaged there':
    'Compare this message on both servers: the destination’s disk or software changed it. `retry` sends it again beside that one, `skip` accepts it.',
  'not seen later':
    'Some servers drop what a session stored when it ends. The next run looks at it first: resume it later.',
  'keeps newest':
    'It is not sent again by itself, for it would push out another one. Have the limit of the folder raised, or move it to a folder without one (--map); then `retry` sends it, `skip` leaves it out.',
  'filed elsewhere':
    'Nothing is missing: a filter or a rule at the destination moves what is stored in this folder. It is not sent again by itself. Move it there and `skip` it here, or have the filter switched off and `retry` it, which sends a second copy.',
  'may be hidden':
    'Have the destination’s index of this folder rebuilt, or remove there what it does not show; then resume. What is not there is sent then.',
  'kept as one':
    'It stores a message once, however often it is sent (Gmail does). The content is there; nothing is to be done.',
  'expunged as deleted': (batch) =>
    `The source marks this message as deleted and still holds it. To have it at the destination send it without that mark: \`nightferry retry ${batch} --deleted strip\`, then resume. To leave it out: \`nightferry retry ${batch} --deleted skip\`. For all such messages give \`--deleted\` to \`resume\`.`,
  repaired:
    'The message is there as repaired. Signatures over what was changed (DKIM, S/MIME, PGP) do not hold for it; the source keeps the original.',
  'line too long':
    'Send it with its lines broken: nightferry retry with --repair. Where the destination takes longer lines, give a file with another line-octets as --destination-profile.',
  'flags left out':
    'The message is there with its date and without these flags. The source keeps them; set them at the destination where they matter.',
  'flags not kept':
    'The destination did not keep these flags when the message was stored, nor when they were set again.',
  'flags not set':
    'The message is there. Set these flags at the destination where they matter; its log says why UID STORE fails on it.',
  'flags not told':
    'The message is there, as unread and without keywords. Compare its flags in the source’s web mail where they matter.',
  'keyword not kept':
    'The folder’s PERMANENTFLAGS leave this keyword out, or APPEND was refused for it. The messages are there without it.',
  'keywords left out':
    'The folder’s PERMANENTFLAGS leave these keywords out and allow no new ones. The messages are there without them; the source keeps them.',
  'date not kept':
    'The date was sent as the source has it, and the destination does not take it (too long ago, or too far ahead) or does not keep dates. Clients that sort by arrival will show it elsewhere.',
  'dates shifted':
    'The source’s dates are right and were sent with their zones; the destination reads or shows them in another zone. The order of the messages is kept. Its administrator can mend it, perhaps by the server’s time zone.',
  'dated on arrival':
    'The destination does not keep the dates that APPEND gives it; the source’s dates are right. Clients that sort by arrival show these messages as new.',
  'dated by header':
    'The source’s INTERNALDATE is missing or impossible; the header says when it arrived or was sent. Nothing is to be done.',
  'dated by header on order': 'The source’s INTERNALDATE was left out. Nothing is to be done.',
  undated: 'The message is there, and clients that sort by arrival show it as new.',
  'dates bunched':
    'Somebody copied them into this folder of the source then. They were sent with these dates. To have them dated by their headers, empty the folder at the destination and move it in a new batch with `--dates header`.',
};

import type {
  Answer,
  AnswerAfterDoing,
  Delay,
  Drop,
  DropAfterDoing,
  DropLater,
  GarbleRow,
  Hang,
  OmitRow,
  Unsolicited,
} from './faults.js';

/** `answer('NO [OVERQUOTA] Over quota')`: instead of doing it. */
export const answer = (...lines: readonly string[]): Answer => ({ kind: 'answer', lines, next: 'go-on' });
/** `* BYE` with this text, and the connection drops. */
export const bye = (text: string): Answer => ({ kind: 'answer', lines: [`* BYE ${text}`], next: 'drop' });
/** The answer, and then the connection drops. */
export const answerAndDrop = (...lines: readonly string[]): Answer => ({ kind: 'answer', lines, next: 'drop' });
export const drop = (): Drop => ({ kind: 'drop', after: null });
/** After so many bytes received since the command's first. */
export const dropAfterReceiving = (bytes: number, of: DropLater['of'] = 'command'): DropLater => ({
  kind: 'drop-later',
  direction: 'received',
  bytes,
  of,
});
/** After so many bytes sent since the command's first. */
export const dropAfterSending = (bytes: number, of: DropLater['of'] = 'command'): DropLater => ({
  kind: 'drop-later',
  direction: 'sent',
  bytes,
  of,
});
export const hang = (): Hang => ({ kind: 'hang' });
/** @param ms milliseconds on the server's clock */
export const delay = <Then = never>(ms: number, next: Then | null = null): Delay<Then> => ({ kind: 'delay', ms, next });
export const unsolicited = (...lines: readonly string[]): Unsolicited<never> => ({
  kind: 'unsolicited',
  lines,
  next: null,
});
export const answerAfterDoing = (...lines: readonly string[]): AnswerAfterDoing => ({
  kind: 'answer-after-doing',
  lines,
});
/** The lost tag: stored, and the client never hears of it. */
export const dropAfterDoing = (): DropAfterDoing => ({ kind: 'drop-after-doing' });
export const omitRow = (): OmitRow => ({ kind: 'omit-row' });
export const garbleRow = (how: GarbleRow['how']): GarbleRow => ({ kind: 'garble-row', how });

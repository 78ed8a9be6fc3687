import { type NoticeUrl, readNoticeUrl, speaksSmtp } from '../../../engine/notices/channels/notice-url.js';
import { BadInput } from '../../../words/bad-input.js';
import type { NoticeShape } from '../../../words/notice-shape.js';

export const URL_VARIABLE = 'NIGHTFERRY_NOTIFY_URL';

/** The text of a URL of notices, and where it was found. */
export interface PlacedUrl {
  readonly text: string;
  /** The option, the variable or the key of the configuration, for messages. */
  readonly place: string;
  /** Asked for by name; null: by the host, or as the batch keeps it for that host. */
  readonly shape: NoticeShape | null;
}

/** A URL that notices go to. */
export interface GivenUrl {
  readonly url: NoticeUrl;
  readonly shape: NoticeShape | null;
}

/** The URLs of the variable, between blanks, which no URL holds. */
export function urlsIn(variable: string | undefined): readonly PlacedUrl[] {
  const texts = (variable ?? '').split(/\s+/).filter((text) => text !== '');
  return texts.map((text) => ({ text, place: URL_VARIABLE, shape: null }));
}

/**
 * @param shape  of `--notify-shape`: of a mail only where that is the only URL, as a mail has a form of its own
 * @throws BadInput  naming the place, and repeating nothing of a URL
 */
export function readUrls(placed: readonly PlacedUrl[], shape: NoticeShape | null): readonly GivenUrl[] {
  return placed.map(({ text, place, shape: own }) => {
    const isMail = URL.canParse(text) && speaksSmtp(new URL(text));
    const wanted = isMail && placed.length > 1 ? null : (shape ?? own);
    const read = readNoticeUrl(text, wanted);
    if (!read.ok) throw new BadInput(`${place}: ${read.why}`);
    return { url: read.url, shape: wanted };
  });
}

/** A URL without its usual parts: `imaps://mail.old.example:993` is `mail.old.example`. */
export function hostOf(url: string): string {
  return url.replace(/^imaps:\/\/(.*?)(?::993)?$/, '$1');
}

/** Leaves out of a URL what every one of the usual kind has: `imaps://mail.old.example:993` is `mail.old.example`. */
export function hostOf(url: string): string {
  return url.replace(/^imaps:\/\/(.*?)(?::993)?$/, '$1');
}

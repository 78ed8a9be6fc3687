/** The rules of verdicts that Nightferry makes itself: no server said anything. They are stored, so none is renamed. */
const OWN_RULES = [
  'engine:altered',
  'engine:altered-much',
  'engine:another-message',
  'engine:another-stored',
  'engine:append-uid',
  'engine:application-refused',
  'engine:cannot-be-read',
  'engine:credential-later',
  'engine:credential-missing',
  'engine:cut-short',
  'engine:damaged',
  'engine:date',
  'engine:dated-by-header',
  'engine:dated-on-arrival',
  'engine:dates-bunched',
  'engine:dates-shifted',
  'engine:deleted-stripped',
  'engine:destination-taken',
  'engine:double',
  'engine:dropped',
  'engine:dropped-again',
  'engine:empty-body',
  'engine:expunged-as-deleted',
  'engine:filed-elsewhere',
  'engine:flags',
  'engine:flags-not-told',
  'engine:folder-fails',
  'engine:folder-unaccounted',
  'engine:keeps-newest',
  'engine:keeps-no-uids',
  'engine:kept-as-one',
  'engine:keyword',
  'engine:keywords-left-out',
  'engine:line-drops',
  'engine:line-too-long',
  'engine:listed-another',
  'engine:may-be-hidden',
  'engine:not-compared',
  'engine:not-given',
  'engine:not-listed',
  'engine:not-seen',
  'engine:not-seen-later',
  'engine:not-stored',
  'engine:other-length',
  'engine:repaired',
  'engine:size-estimate',
  'engine:some-not-stored',
  'engine:too-big',
  'engine:too-many-names',
  'engine:unaccounted',
  'engine:undated',
  'engine:unreadable-namespace',
  'engine:unreadable-row',
  'engine:user-refused',
  'engine:without-flags',
  // Earlier builds wrote it.
  'engine:gone-since',
] as const;
export type OwnRule = (typeof OWN_RULES)[number];

const OWN: ReadonlySet<string> = new Set(OWN_RULES);

/**
 * Whether Nightferry found a failure out itself. Then there is no provider to ask, and no response that an operator could
 * read otherwise.
 */
export function isFoundByUs({ rule }: { readonly rule: string }): boolean {
  return OWN.has(rule);
}

/** Header fields that tell messages apart, in lower case. */
export const TELLING_FIELDS = ['message-id', 'date', 'subject', 'from'] as const;

/** Asks for these fields. */
export const TELLING_HEADER = `BODY.PEEK[HEADER.FIELDS (${TELLING_FIELDS.join(' ').toUpperCase()})]`;

/** Asks for the fields of a header that tell messages apart. */
export const TELLING_HEADER = 'BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE SUBJECT FROM)]';

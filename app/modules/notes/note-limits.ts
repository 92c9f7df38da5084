/** Some pages of text; what is longer is a document. */
export const NOTE_CHARACTERS_MAX = 5_000;
/** Notes of one customer, deleted ones included. */
export const NOTES_MAX = 2_000;
export const NOTES_A_PAGE = 20;
/** How often a note may be edited: each edit stores the previous version. */
export const VERSIONS_MAX = 100;
/** A deleted note can be restored for this long. */
export const DELETED_NOTE_DAYS = 30;

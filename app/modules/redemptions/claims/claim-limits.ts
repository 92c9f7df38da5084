/** Longest note to a customer. */
export const NOTE_CHARACTERS_MAX = 300;

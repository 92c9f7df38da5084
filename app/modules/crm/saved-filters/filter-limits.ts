export const FILTER_NAME_CHARACTERS_MAX = 60;
/** A longer menu would need a search of its own. */
export const SAVED_FILTERS_MAX = 30;

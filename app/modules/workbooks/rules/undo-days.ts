/** As long an import can be undone; then its rows go. */
export const UNDO_DAYS = 30;

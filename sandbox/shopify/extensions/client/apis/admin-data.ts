/** What extensions of the admin know. */
export interface AdminData {
  /** The record of the page, or the selected ones. */
  selected: { id: string }[];
  /** Origin of the app: its addresses are completed with it, and only it gets the user's token. */
  appUrl: string;
}

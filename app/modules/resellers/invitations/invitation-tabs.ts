/** Invitations by what became of them. Browser and server. */
export const INVITATION_TABS = ['all', 'invited', 'seen', 'ordered'] as const;
export type InvitationTab = (typeof INVITATION_TABS)[number];
export type InvitationState = Exclude<InvitationTab, 'all'>;

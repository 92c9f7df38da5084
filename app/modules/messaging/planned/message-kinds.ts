/** Kinds that the list of planned messages can be narrowed to. */
export const MESSAGE_KINDS = ['expiry_reminder', 'change'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

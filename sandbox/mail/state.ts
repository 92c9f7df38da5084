/** An e-mail that the app sent. */
export type SandboxMail = {
  id: number;
  at: string;
  messageId: string;
  from: string;
  /** The sender's name, as its receiver sees it. */
  fromName: string;
  to: string;
  subject: string;
  text: string;
};

/** The login that the mail server accepts. No real secrets: nothing leaves this machine. */
export const SMTP_LOGIN = { user: 'setia-demo', password: 'setia-demo-mail' };

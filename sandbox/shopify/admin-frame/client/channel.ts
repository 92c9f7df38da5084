import {
  type AppMessage,
  type FrameMessage,
  type PlacedExtension,
  type ScopesDetail,
  seal,
  unseal,
} from './protocol.ts';

/** How long a token is reused; the sandbox signs them for a minute. */
const TOKEN_KEPT_MS = 30_000;
const TOKEN_TIMEOUT_MS = 10_000;

type Listener = (message: FrameMessage) => void;

/** The app's end of the channel to the admin frame. */
export class Channel {
  readonly #listeners: Listener[] = [];
  #token: { value: Promise<string>; until: number } | null = null;

  constructor() {
    addEventListener('message', (event) => {
      if (event.source !== parent) return;
      const message = unseal<FrameMessage>(event.data);
      if (message) for (const listener of this.#listeners) listener(message);
    });
  }

  /** Sends a message to the frame. It goes nowhere when the app is open in its own tab. */
  tell(message: AppMessage): void {
    if (parent !== window) parent.postMessage(seal(message), '*');
  }

  /** Registers a listener for the frame's messages. */
  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Returns an id token of the signed-in staff; `fresh` requests a new one. Rejects when the frame doesn't respond. */
  token(fresh = false): Promise<string> {
    if (!fresh && this.#token && this.#token.until > Date.now()) return this.#token.value;
    const value = this.#askToken();
    this.#token = { value, until: Date.now() + TOKEN_KEPT_MS };
    value.catch(() => (this.#token = null));
    return value;
  }

  /** Resolves when the frame lets the merchant leave unsaved changes. */
  async leaveConfirmation(): Promise<void> {
    const id = crypto.randomUUID();
    this.tell({ type: 'leave_wanted', id });
    await this.#answerTo(id, 'may_leave');
  }

  /** Asks for optional scopes (none: only what is granted). Rejects when Shopify doesn't let the app ask for them. */
  async scopes(scopes: string[]): Promise<{ result: string; detail: ScopesDetail }> {
    const id = crypto.randomUUID();
    this.tell({ type: 'scopes_wanted', id, scopes });
    const message = await this.#answerTo(id, 'scopes');
    if (message.type !== 'scopes') throw new Error('no answer');
    if ('error' in message.answer) throw new Error(message.answer.error);
    return message.answer;
  }

  /** Asks what the merchant has placed of the app. */
  async extensions(): Promise<PlacedExtension[]> {
    const id = crypto.randomUUID();
    this.tell({ type: 'extensions_wanted', id });
    const message = await this.#answerTo(id, 'extensions');
    return message.type === 'extensions' ? message.extensions : [];
  }

  async #askToken(): Promise<string> {
    const id = crypto.randomUUID();
    this.tell({ type: 'token_wanted', id });
    const timeout = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error('the admin frame gave no id token')), TOKEN_TIMEOUT_MS),
    );
    const message = await Promise.race([this.#answerTo(id, 'token'), timeout]);
    return message.type === 'token' ? message.token : '';
  }

  #answerTo(id: string, type: 'token' | 'may_leave' | 'scopes' | 'extensions'): Promise<FrameMessage> {
    return new Promise((resolve) =>
      this.listen((message) => {
        if (message.type === type && message.id === id) resolve(message);
      }),
    );
  }
}

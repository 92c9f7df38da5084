/** A use case that can't continue. `code` is stable and has an i18n key `errors.<code>`. */
export class AppError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/**
 * A vendor (Shopify, later Twilio) failed. `outcomeKnown: false` means that the request may still have taken effect.
 */
export class UpstreamError extends AppError {
  readonly retryable: boolean;
  readonly outcomeKnown: boolean;
  readonly retryAfterMs: number | undefined;
  constructor(
    message: string,
    detail: { retryable: boolean; outcomeKnown: boolean; retryAfterMs?: number; cause?: unknown },
  ) {
    super('upstream', message, detail.cause === undefined ? {} : { cause: detail.cause });
    this.name = 'UpstreamError';
    this.retryable = detail.retryable;
    this.outcomeKnown = detail.outcomeKnown;
    this.retryAfterMs = detail.retryAfterMs;
  }
}

/** An impossible state: a bug or a damaged database. Never a user's mistake. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AppError('invariant', `invariant broken: ${message}`);
}

/** A use case that cannot go on. `code` is stable and has an i18n key `errors.<code>`. */
export class AppError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/** A vendor (Shopify, later Twilio) failed. `outcomeKnown: false` means that it may have happened all the same. */
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

/** Something that cannot be: a bug or a damaged database. Never a user's mistake. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AppError('invariant', `invariant broken: ${message}`);
}

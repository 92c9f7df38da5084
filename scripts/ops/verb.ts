export interface VerbOptions {
  shop?: string | undefined;
  customer?: string | undefined;
  order?: string | undefined;
  limit?: string | undefined;
  country?: string | undefined;
  price?: string | undefined;
  from?: string | undefined;
  credit?: string | undefined;
  end?: string | undefined;
  refund?: string | undefined;
  amount?: string | undefined;
  correct?: string | undefined;
  note?: string | undefined;
  key?: string | undefined;
}

export interface VerbResult {
  exitCode: number;
  /** For --json. */
  report: unknown;
  text: string;
}

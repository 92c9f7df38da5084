/** What a snapshot stores of Twilio. Times are ISO-8601 text in UTC, by the sandbox's clock. */
export type TwilioAccount = {
  sid: string;
  authToken: string;
  friendlyName: string;
  /** Its own sid for a main account. */
  ownerSid: string;
  status: 'active' | 'suspended' | 'closed';
  createdAt: string;
  updatedAt: string;
};

export type TwilioService = {
  sid: string;
  accountSid: string;
  friendlyName: string;
  inboundRequestUrl: string | null;
  useInboundWebhookOnNumber: boolean;
  statusCallback: string | null;
  stickySender: boolean;
  smartEncoding: boolean;
  validityPeriod: number;
  usecase: string;
  /** Sids of its numbers. */
  numbers: string[];
  alphaSenders: { sid: string; value: string; createdAt: string }[];
  createdAt: string;
  updatedAt: string;
};

export type TwilioNumber = {
  sid: string;
  accountSid: string;
  phoneNumber: string;
  /** No campaign is registered for it: texts to the US end with 30034. */
  isUnregistered?: boolean;
  smsUrl: string | null;
  createdAt: string;
  updatedAt: string;
};

export type MessageStatus =
  'accepted' | 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

export type TwilioMessage = {
  sid: string;
  accountSid: string;
  serviceSid: string | null;
  from: string | null;
  to: string;
  body: string;
  status: MessageStatus;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  segments: number;
  price: string | null;
  errorCode: number | null;
  statusCallback: string | null;
  createdAt: string;
  updatedAt: string;
  sentAt: string | null;
};

/** A phone of the console. `off`, `gone` and `landline` are what a message to it meets. */
export type TwilioPhone = {
  number: string;
  country: string;
  language: string;
  state: 'on' | 'off' | 'gone' | 'landline';
};

/** One request to the app, with its answer; the bytes stay, so that it can be sent again. */
export type TwilioCallback = {
  id: number;
  at: string;
  kind: 'status' | 'inbound';
  messageSid: string;
  /** Status or text, for the console. */
  summary: string;
  url: string;
  body: string;
  signature: string | null;
  answers: { status: number | null; durationMs: number; error: string | null; body: string }[];
};

/** A call of the app to Twilio. Bodies of messages are stored, credentials never. */
export type TwilioRequest = {
  at: string;
  operation: string;
  accountSid: string;
  parameters: Record<string, string[]>;
  status: number;
  code: number | null;
  fault: string | null;
};

export type TwilioState = {
  accounts: TwilioAccount[];
  services: TwilioService[];
  numbers: TwilioNumber[];
  messages: TwilioMessage[];
  phones: TwilioPhone[];
  callbacks: TwilioCallback[];
  requests: TwilioRequest[];
  /** Who sent STOP to which service (or number without one). */
  blocked: { scope: string; address: string }[];
  /** US numbers in the file of deactivations. */
  deactivated: string[];
  /** When the last part of each sender leaves, in ms since the epoch. */
  busyUntil: Record<string, number>;
};

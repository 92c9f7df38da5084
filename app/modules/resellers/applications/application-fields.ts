/** What a shop may ask of people who want to be resellers. Name and email address are always asked. Browser and server. */

/** In the order of the form. `question` is the shop's own. */
export const ASKED_FIELDS = [
  'phone',
  'business',
  'address',
  'city',
  'website',
  'social',
  'tax_number',
  'question',
  'message',
] as const;
export type AskedField = (typeof ASKED_FIELDS)[number];

/** Pictures that may be asked for. */
export const FILE_KINDS = ['id_card', 'shop_photo'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export const ASKINGS = ['off', 'optional', 'required'] as const;
export type Asking = (typeof ASKINGS)[number];

export const APPLICATION_STATES = ['waiting', 'approved', 'refused'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export const LINE_MAX = 255;
export const TEXT_MAX = 2_000;
/** Fields with room for several lines. */
export const LONG_FIELDS: ReadonlySet<AskedField> = new Set(['address', 'message', 'question']);

/** What the form asks: `off` for what isn't named. */
export type AskedParts = Readonly<Partial<Record<AskedField | FileKind, Asking>>>;

export interface ApplicationSettings {
  isOpen: boolean;
  intro: string;
  fields: AskedParts;
  /** Empty: none. */
  question: string;
  /** Who is told of a new application; null for no one. */
  notifyEmail: string | null;
  /** Where approved people usually go. */
  categoryId: bigint | null;
  version: number;
}

/** What a shop asks until it says otherwise. */
export const FIRST_SETTINGS: ApplicationSettings = {
  isOpen: false,
  intro: '',
  fields: { phone: 'required', business: 'optional', city: 'optional', message: 'optional' },
  question: '',
  notifyEmail: null,
  categoryId: null,
  version: 0,
};

/** Whether and how a part is asked; the shop's own question only once it has words. */
export function askingOf({ fields, question }: ApplicationSettings, part: AskedField | FileKind): Asking {
  if (part === 'question' && question === '') return 'off';
  return fields[part] ?? 'off';
}

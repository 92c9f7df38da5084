/**
 * Fields that Shopify shows an app only after it has approved it for their content. An operation marks each with
 * `@include(if: $name)` (or $email, $phone, $address); a test holds the marks against Shopify's schema.
 */

/** What Shopify approves one by one. */
export const PROTECTED_CONTENTS = ['name', 'email', 'phone', 'address'] as const;
export type ProtectedContent = (typeof PROTECTED_CONTENTS)[number];

/** What may not be approved: `customers` is every customer and order. */
export const APPROVALS = ['customers', ...PROTECTED_CONTENTS] as const;
export type Approval = (typeof APPROVALS)[number];

/** The content of each field that our operations read. */
export const CONTENT_OF_FIELD: Readonly<Record<string, ProtectedContent>> = {
  firstName: 'name',
  lastName: 'name',
  email: 'email',
  emailAddress: 'email',
  phone: 'phone',
  phoneNumber: 'phone',
  address1: 'address',
  address2: 'address',
  zip: 'address',
};

const NAMES = PROTECTED_CONTENTS.join('|');
const MARKED_FIELD = new RegExp(String.raw`(\w+) @include\(if: \$(${NAMES})\)`, 'g');
const VARIABLE = new RegExp(String.raw`(?:, )?\$(?:${NAMES}): Boolean = true`, 'g');
const WITHOUT_VARIABLES = /\(\s*\)/g;
const WITHOUT_FIELDS = /\w+ \{\s*\}/g;

/** Returns whether an operation reads fields that Shopify may not show. */
export function readsProtected(operation: string): boolean {
  return operation.includes('@include(if: $');
}

/**
 * Returns the operation without the fields of what is not approved, and without its marks: a field that isn't asked
 * for can't be refused, and bulk operations take no variables.
 */
export function asApproved(operation: string, unapproved: ReadonlySet<Approval>): string {
  if (!readsProtected(operation)) return operation;
  return operation
    .replace(MARKED_FIELD, (_marked, field: string, content: string) =>
      PROTECTED_CONTENTS.some((each) => each === content && unapproved.has(each)) ? '' : field,
    )
    .replace(VARIABLE, '')
    .replace(WITHOUT_VARIABLES, '')
    .replace(WITHOUT_FIELDS, '');
}

const REFUSED_FIELD = /not approved to use the (\w+) field/;
const REFUSED_OBJECT = /not approved to access the \w+ object/;

/** Returns what the messages of a response's errors say is not approved. */
export function unapprovedOf(messages: readonly string[]): Approval[] {
  return messages.flatMap((message): Approval[] => {
    if (REFUSED_OBJECT.test(message)) return ['customers'];
    const content = CONTENT_OF_FIELD[REFUSED_FIELD.exec(message)?.[1] ?? ''];
    return content ? [content] : [];
  });
}

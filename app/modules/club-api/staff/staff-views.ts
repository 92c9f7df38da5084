/** Records in the shapes of extensions/shared/staff-api.ts. */
import type {
  StaffEntry,
  StaffFieldErrors,
  StaffPerson,
  StaffQuestion,
} from '../../../../extensions/shared/staff-api.ts';
import { figureOf, type CostQuestion } from '#app/lib/cost-question.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { formatDecimal } from '#app/lib/money.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import type { EntryRow } from '#app/modules/ledger/balances.queries.server.ts';

/** Returns a customer as staff recognize them. */
export function toPerson({ customerId, firstName, lastName, email, phone }: CustomerLine): StaffPerson {
  const name = [firstName, lastName].filter((part) => part !== null && part !== '').join(' ');
  return { id: customerId.toString(), name, phone, email };
}

type ShownEntry = Pick<
  EntryRow,
  'entryId' | 'createdAt' | 'unit' | 'amount' | 'kind' | 'reason' | 'orderName' | 'actor'
>;

/** Returns a line of the ledger; `names` are those of the staff, by actor. */
export function toStaffEntry(entry: ShownEntry, names: ReadonlyMap<string, string>): StaffEntry {
  const { entryId, createdAt, unit, amount, kind, reason, orderName, actor } = entry;
  return {
    id: entryId.toString(),
    at: createdAt.toISOString(),
    unit,
    amount: amount.toString(),
    kind,
    reason,
    order: orderName,
    staff: names.get(actor) ?? null,
  };
}

/** Returns errors of a form as words by field. */
export function toStaffErrors(errors: FieldErrors): StaffFieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([field, { code }]) => [field, code]));
}

/** A question about an amount, with the number that staff type as a field of the admin writes it. */
export function toStaffQuestion(question: CostQuestion, currency: string): StaffQuestion {
  const figure = figureOf(question);
  switch (question.kind) {
    case 'worth': {
      const { amount, unit, worthMinor, usual } = question;
      const number = unit === 'CREDIT' ? formatDecimal(amount, currency) : figure;
      return { figure, number, worthMinor: worthMinor.toString(), usual: usual?.toString() ?? null };
    }
    case 'many': {
      const { worthMinor } = question;
      return { figure, number: formatDecimal(worthMinor, currency), worthMinor: figure, usual: null };
    }
    default:
      throw new Error(`staff change no rules: ${question.kind}`);
  }
}

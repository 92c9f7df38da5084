import { idOf } from '../../../world.ts';
import { isOpen } from '../../bulk/bulk-status.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { bulkSource } from '../sources/bulk.ts';
import { userError } from '../user-error.ts';

/** `bulkOperationRunQuery`: five at a time per shop; Shopify's rules check what the query may contain. */
export async function bulkOperationRunQuery(args: FieldArguments, context: AdminContext): Promise<Source> {
  const outcome = await context.sandbox.bulk.start(context, String(args.query), args.groupObjects === true);
  return outcome.ok
    ? { bulkOperation: bulkSource(context, outcome.operation), userErrors: [] }
    : {
        bulkOperation: null,
        userErrors: outcome.errors.map(({ field, message, code }) => userError(field, message, code)),
      };
}

/** `bulkOperationCancel`: one that has ended is left unchanged. */
export function bulkOperationCancel(args: FieldArguments, context: AdminContext): Source {
  const operation = context.sandbox.bulk.find(context.domain, idOf(String(args.id)));
  if (!operation)
    return { bulkOperation: null, userErrors: [userError(['id'], 'Bulk operation does not exist')] };
  if (!isOpen(operation.status)) {
    const message = `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}`;
    return { bulkOperation: bulkSource(context, operation), userErrors: [userError(null, message)] };
  }
  operation.status = 'CANCELING';
  return { bulkOperation: bulkSource(context, operation), userErrors: [] };
}

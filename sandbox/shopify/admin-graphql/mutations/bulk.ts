import { z } from 'zod';

import { idOf } from '../../../world.ts';

import { isOpen } from '../../bulk/bulk-status.ts';
import { stagedUploadUrl } from '../../bulk/bulk-uploads.ts';
import type { StartOutcome } from '../../bulk/bulk-operations.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { bulkSource } from '../sources/bulk.ts';
import { userError } from '../user-error.ts';

/** `bulkOperationRunQuery`: five at a time per shop; Shopify's rules check what the query may contain. */
export async function bulkOperationRunQuery(args: FieldArguments, context: AdminContext): Promise<Source> {
  const outcome = await context.sandbox.bulk.start(context, String(args.query), args.groupObjects === true);
  return startedSource(context, outcome);
}

function startedSource(context: AdminContext, outcome: StartOutcome): Source {
  return outcome.ok
    ? { bulkOperation: bulkSource(context, outcome.operation), userErrors: [] }
    : {
        bulkOperation: null,
        userErrors: outcome.errors.map(({ field, message, code }) => userError(field, message, code)),
      };
}

/** `bulkOperationRunMutation`: one mutation for each line of an uploaded file. */
export function bulkOperationRunMutation(args: FieldArguments, context: AdminContext): Source {
  const { bulk, uploads } = context.sandbox;
  const file = uploads.read(context.domain, String(args.stagedUploadPath));
  return startedSource(context, bulk.startMutation(context, String(args.mutation), file));
}

const stagedInputs = z
  .array(
    z.strictObject({
      resource: z.literal('BULK_MUTATION_VARIABLES'),
      filename: z.string(),
      mimeType: z.literal('text/jsonl'),
      httpMethod: z.literal('POST'),
      fileSize: z.union([z.string(), z.number()]).nullish(),
    }),
  )
  .max(10);

/** `stagedUploadsCreate`, of files for bulk mutations. */
export function stagedUploadsCreate(args: FieldArguments, context: AdminContext): Source {
  const inputs = stagedInputs.safeParse(args.input);
  if (!inputs.success)
    return {
      stagedTargets: null,
      userErrors: [userError(['input'], 'sandbox: only variables of bulk mutations are simulated')],
    };
  const { sandbox, domain } = context;
  const url = stagedUploadUrl(sandbox.origin);
  return {
    stagedTargets: inputs.data.map(({ filename }) => {
      const { key, policy } = sandbox.uploads.create(domain, filename);
      const parameters = Object.entries({ key, 'Content-Type': 'text/jsonl', acl: 'private', policy });
      return { url, resourceUrl: null, parameters: parameters.map(([name, value]) => ({ name, value })) };
    }),
    userErrors: [],
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

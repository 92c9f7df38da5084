import { z } from 'zod';

import type { Validation } from '../../../state.ts';
import { gid, idOf } from '../../../world.ts';
import { prepareFunctions } from '../../functions/load-functions.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import type { RootResolver } from '../queries.ts';
import { storeMetafieldInput } from '../store-metafield-input.ts';
import { validationSource } from '../sources/validation.ts';
import { userError, type UserErrorSource } from '../user-error.ts';

const MOST_ACTIVE = 25;

const metafields = z
  .array(z.strictObject({ namespace: z.string(), key: z.string(), type: z.string(), value: z.string() }))
  .nullish();

const createInput = z.strictObject({
  functionHandle: z.string().nullish(),
  enable: z.boolean().nullish(),
  blockOnFailure: z.boolean().nullish(),
  title: z.string().nullish(),
  metafields,
});
const updateInput = createInput.omit({ functionHandle: true });

/** Creation, change and deletion of cart and checkout validations. */
export const validationMutations: Record<string, RootResolver> = {
  validationCreate,
  validationUpdate,
  validationDelete,
};

async function validationCreate(args: FieldArguments, context: AdminContext): Promise<Source> {
  const input = createInput.parse(args.validation);
  const host = await prepareFunctions();
  const handle = input.functionHandle ?? '';
  const loaded = host.list().find((each) => each.handle === handle);
  const errors =
    handle === '' ? [missingHandle()] : loaded ? [] : [notFound(['validation', 'functionHandle'])];
  if (loaded && loaded.api !== 'validation') errors.push(otherInterface());
  if (input.enable) errors.push(...activeErrors(context, null));
  if (errors.length > 0) return { validation: null, userErrors: errors };
  const validation: Validation = {
    id: context.world.nextId(),
    title: input.title ?? handle,
    functionHandle: handle,
    isEnabled: input.enable ?? false,
    blocksOnFailure: input.blockOnFailure ?? false,
    metafields: [],
  };
  for (const metafield of input.metafields ?? []) storeMetafieldInput(context, validation, metafield);
  (context.state.validations ??= []).push(validation);
  return { validation: () => validationSource(context, validation), userErrors: [] };
}

/** What isn't sent takes its default: a validation is switched off by leaving out `enable`. */
function validationUpdate(args: FieldArguments, context: AdminContext): Source {
  const input = updateInput.parse(args.validation);
  const validation = byId(context, args.id);
  if (!validation) return { validation: null, userErrors: [notFound(['id'])] };
  const errors = input.enable ? activeErrors(context, validation) : [];
  if (errors.length > 0) return { validation: null, userErrors: errors };
  validation.isEnabled = input.enable ?? false;
  validation.blocksOnFailure = input.blockOnFailure ?? false;
  validation.title = input.title ?? validation.title;
  for (const metafield of input.metafields ?? []) storeMetafieldInput(context, validation, metafield);
  return { validation: () => validationSource(context, validation), userErrors: [] };
}

function validationDelete(args: FieldArguments, context: AdminContext): Source {
  const validation = byId(context, args.id);
  if (!validation) return { deletedId: null, userErrors: [notFound(['id'])] };
  context.state.validations = (context.state.validations ?? []).filter((each) => each !== validation);
  return { deletedId: gid('Validation', validation.id), userErrors: [] };
}

function byId({ state }: AdminContext, id: unknown): Validation | undefined {
  const number = idOf(String(id));
  return state.validations?.find((each) => each.id === number);
}

function activeErrors({ state }: AdminContext, own: Validation | null): UserErrorSource[] {
  const active = (state.validations ?? []).filter((each) => each !== own && each.isEnabled);
  if (active.length < MOST_ACTIVE) return [];
  const message = `Cannot have more than ${MOST_ACTIVE} active validation functions.`;
  return [userError([], message, 'MAX_VALIDATIONS_ACTIVATED')];
}

function missingHandle(): UserErrorSource {
  const message = 'Either function_id or function_handle must be provided.';
  return userError(['validation', 'functionHandle'], message, 'MISSING_FUNCTION_IDENTIFIER');
}

function notFound(field: string[]): UserErrorSource {
  const isFunction = field.includes('functionHandle');
  return isFunction
    ? userError(field, 'Function not found.', 'FUNCTION_NOT_FOUND')
    : userError(field, 'Validation not found.', 'NOT_FOUND');
}

function otherInterface(): UserErrorSource {
  const message = 'Function does not implement the required interface for this cart & checkout validation.';
  return userError(['validation', 'functionHandle'], message, 'FUNCTION_DOES_NOT_IMPLEMENT');
}

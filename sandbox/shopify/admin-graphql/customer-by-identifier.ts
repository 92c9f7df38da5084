import { z } from 'zod';

import { idOf } from '../../world.ts';
import type { AdminContext, FieldArguments, Source } from './context.ts';
import { customerSource } from './sources/customer.ts';

const customerIdentifier = z.strictObject({
  id: z.string().optional(),
  emailAddress: z.string().optional(),
  phoneNumber: z.string().optional(),
});

/** `customerByIdentifier`: by id, e-mail address or phone; another identifier is not simulated. */
export function customerByIdentifier(args: FieldArguments, context: AdminContext): Source | null {
  const named = customerIdentifier.parse(args.identifier);
  const customer = context.state.customers.find(
    ({ id, email, phone }) =>
      (named.id !== undefined && id === idOf(named.id)) ||
      (named.emailAddress !== undefined && email === named.emailAddress.trim().toLowerCase()) ||
      (named.phoneNumber !== undefined && phone === named.phoneNumber),
  );
  return customer ? customerSource(context, customer) : null;
}

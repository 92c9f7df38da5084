/** The forms of the customer page, as the browser holds them. */
import { z } from 'zod';
import { readIdParam } from '#app/lib/read-id.ts';

const testCustomerForm = z.object({ customerId: z.string(), isTrial: z.boolean() });

/** Reads which customer to add to or remove from the test customers; null for an invalid request. */
export function readTestCustomerForm(input: unknown): { customerId: bigint; isTrial: boolean } | null {
  const form = testCustomerForm.safeParse(input);
  const customerId = form.success ? readIdParam(form.data.customerId) : null;
  return form.success && customerId !== null ? { customerId, isTrial: form.data.isTrial } : null;
}

const tierForm = z.object({ tierId: z.string(), reason: z.string() });

/** The tier that staff choose, and why; null when the request does not say. */
export function readTierForm(input: unknown): { tierId: bigint; reason: string } | null {
  const form = tierForm.safeParse(input);
  const tierId = form.success ? readIdParam(form.data.tierId) : null;
  return form.success && tierId !== null ? { tierId, reason: form.data.reason } : null;
}

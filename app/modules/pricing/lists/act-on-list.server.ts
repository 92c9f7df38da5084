/** What the screen of price lists does. */
import { z } from 'zod';
import { idText, listText } from '#app/lib/form-fields.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { splitPaste } from '../rules/list-rows.ts';
import { addToList, importList, savePrices, type ListChanged } from './change-list.server.ts';

const ADDED_MAX = 100;
const text = z.string().catch('');
const formSchema = z.object({ intent: text, categoryId: text, text, picked: text });
const pickedSchema = listText(z.object({ productId: idText(), variantId: idText().nullable() }), ADDED_MAX);

/** Saves the page, or runs its `intent`: `add` (picked products) or `paste` (a table as text). */
export async function actOnList(
  shop: { shopId: bigint; domain: string; currency: string },
  values: Record<string, unknown>,
  locale: string,
): Promise<ListChanged> {
  const form = formSchema.parse(values);
  const categoryId = readIdParam(form.categoryId);
  if (categoryId === null) return { ok: false, errors: { form: { code: 'gone' } } };
  if (form.intent === 'paste') return importList(shop, categoryId, splitPaste(form.text), locale);
  if (form.intent !== 'add') return savePrices(shop, categoryId, values, locale);
  const picked = pickedSchema.safeParse(form.picked);
  if (!picked.success) return { ok: false, errors: { form: { code: 'invalid' } } };
  return addToList(
    shop,
    categoryId,
    picked.data.map(({ productId, variantId }) => (variantId === null ? { productId } : { variantId })),
  );
}

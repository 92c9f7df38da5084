/** Liquid as Shopify extends it, as far as our themes and the app's blocks need it; anything else is refused by name. */
import { join } from 'node:path';
import { Liquid, type TagToken, type TopLevelToken } from 'liquidjs';
import { z } from 'zod';

/** What a block's `{% schema %}` says, as far as it is needed to render it. */
const blockSchema = z.object({
  name: z.string(),
  target: z.enum(['section', 'body', 'head', 'compliance_head']),
  javascript: z.string().optional(),
  stylesheet: z.string().optional(),
  enabled_on: z.object({ templates: z.array(z.string()) }).optional(),
  settings: z.array(z.object({ id: z.string().optional(), default: z.unknown().optional() })).default([]),
});

export type BlockSchema = z.output<typeof blockSchema>;

/** How an engine shows texts, money and assets. */
export interface LiquidPorts {
  /** Folder of the templates, and of what they render. */
  root: string;
  translate: (key: string, values: Record<string, unknown>) => string;
  assetUrl: (name: string) => string;
  money: (hundredths: number) => string;
}

const argumentsOf = (args: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(
    args.flatMap((each) => {
      if (!Array.isArray(each)) return [];
      const [name, value]: unknown[] = each;
      return [[String(name), value]];
    }),
  );

const numberOf = (value: unknown): number => Number(value ?? 0);

/** Makes an engine: unknown filters, tags and variables' filters are errors. */
export function createLiquid(ports: LiquidPorts): Liquid {
  const engine = new Liquid({
    root: [ports.root, join(ports.root, 'snippets')],
    extname: '.liquid',
    jsTruthy: false,
    strictFilters: true,
    ownPropertyOnly: true,
  });
  engine.registerFilter('t', (key: unknown, ...args: unknown[]) =>
    ports.translate(String(key), argumentsOf(args)),
  );
  engine.registerFilter('asset_url', (name: unknown) => ports.assetUrl(String(name)));
  engine.registerFilter('money', (amount: unknown) => ports.money(numberOf(amount)));
  // Nothing counts as 0, and a text of digits as its number.
  engine.registerFilter('plus', (value: unknown, other: unknown) => numberOf(value) + numberOf(other));
  engine.registerFilter('minus', (value: unknown, other: unknown) => numberOf(value) - numberOf(other));
  engine.registerFilter('times', (value: unknown, other: unknown) => numberOf(value) * numberOf(other));
  // Whole numbers divide to whole numbers, as in Shopify's Liquid.
  engine.registerFilter('divided_by', (value: unknown, by: unknown) => {
    const [one, other] = [numberOf(value), numberOf(by)];
    if (other === 0) throw new Error('Liquid error: divided by 0');
    return Number.isInteger(one) && Number.isInteger(other) ? Math.floor(one / other) : one / other;
  });
  engine.registerTag('schema', {
    parse(_token: TagToken, rest: TopLevelToken[]) {
      for (let token = rest.shift(); token; token = rest.shift())
        if (token.getText().replace(/[{%\-\s}]/g, '') === 'endschema') return;
      throw new Error('schema is not closed');
    },
    render: () => '',
  });
  return engine;
}

/** Reads the schema of a block's file. Throws when it has none, or one that is not as Shopify documents it. */
export function readBlockSchema(source: string): BlockSchema {
  const text = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/.exec(source)?.[1];
  if (text === undefined) throw new Error('the block has no schema');
  return blockSchema.parse(JSON.parse(text));
}

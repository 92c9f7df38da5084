import fs from 'node:fs';
import path from 'node:path';
import { parse, type DocumentNode } from 'graphql';

/** The only folder of the app that may contain GraphQL; test/unit/tidy.test.ts checks that. */
export const OPERATIONS_FOLDER = path.resolve(
  import.meta.dirname,
  '../../app/integrations/shopify/operations',
);

export interface OperationSource {
  file: string;
  document: DocumentNode;
}

const TAGGED_TEMPLATE = /`\s*(#graphql\s[^`]*)`/g;

/**
 * Returns the documents of all `#graphql` template literals of the app. A fragment inserted into another document
 * with `${...}` counts where it is written.
 * @throws GraphQLError when one can't be parsed.
 */
export function readOperations(): OperationSource[] {
  if (!fs.existsSync(OPERATIONS_FOLDER)) return [];
  const files = fs.readdirSync(OPERATIONS_FOLDER, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(OPERATIONS_FOLDER, file), 'utf8');
      return Array.from(text.matchAll(TAGGED_TEMPLATE), ([, graphql = '']) => ({
        file,
        document: parse(graphql.replaceAll(/\$\{[^}]*\}/g, '')),
      }));
    });
}

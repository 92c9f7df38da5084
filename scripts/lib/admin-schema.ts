import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  Kind,
  parse,
  printSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  type IntrospectionQuery,
  type NamedTypeNode,
  type NameNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';

/** The Admin API version after ours: what we use must be there, too. */
export const NEXT_API_VERSION = '2026-10';

/** Our copies of Shopify's Admin schema without descriptions; scripts/renew-schema.ts renews them. */
const SCHEMA_FOLDER = path.resolve(import.meta.dirname, '../../sandbox/shopify/schema');

/** The committed Admin schema of a version, as an introspection result. */
export function readAdminIntrospection(version: string = SHOPIFY_API_VERSION): IntrospectionQuery {
  const file = path.join(SCHEMA_FOLDER, `admin-${version}.json.gz`);
  const introspection: IntrospectionQuery = JSON.parse(gunzipSync(fs.readFileSync(file)).toString());
  return introspection;
}

/** Loads the committed Admin schema of 3,500 types; takes 0.2 s. */
export function readAdminSchema(version: string = SHOPIFY_API_VERSION): GraphQLSchema {
  return buildClientSchema(readAdminIntrospection(version), { assumeValid: true });
}

/** What a set of operations uses: fields of output types, and whole input types, enums and scalars. */
interface Usage {
  fields: Map<string, Set<string>>;
  types: Set<string>;
}

/**
 * Returns the part of `schema` that `documents` use, as a schema document. All 3,500 types would be a file of 4 MB,
 * of which the operations need a few dozen. `Other<Name>` replaces the members of an interface or a union that no
 * operation names, so that results still say that something else may come.
 */
export function pruneSchema(schema: GraphQLSchema, documents: DocumentNode[]): DocumentNode {
  const usage: Usage = { fields: new Map(), types: new Set() };
  for (const document of documents) collectUsage(schema, document, usage);
  addInterfaceFields(schema, usage);
  const others: DefinitionNode[] = [];
  const pruned: DocumentNode = visit(parse(printSchema(schema)), {
    DirectiveDefinition: () => null,
    ObjectTypeDefinition: (node) => (isUsed(usage, node) ? pruneFields(node, usage) : null),
    InterfaceTypeDefinition: (node) => {
      if (!isUsed(usage, node)) return null;
      const { fields = [] } = pruneFields(node, usage);
      others.push({ ...other(node.name.value), interfaces: [namedType(node.name.value)], fields });
      return { ...node, interfaces: [], directives: [], fields };
    },
    UnionTypeDefinition: (node) => {
      if (!isUsed(usage, node)) return null;
      others.push(other(node.name.value));
      const types = node.types?.filter(({ name }) => usage.types.has(name.value)) ?? [];
      return { ...node, types: [...types, namedType(`Other${node.name.value}`)] };
    },
    InputObjectTypeDefinition: (node) => (isUsed(usage, node) ? undefined : null),
    EnumTypeDefinition: (node) => (isUsed(usage, node) ? undefined : null),
    ScalarTypeDefinition: (node) => (isUsed(usage, node) ? undefined : null),
  });
  return { ...pruned, definitions: [...pruned.definitions, ...others] };
}

function isUsed(usage: Usage, node: { name: NameNode }): boolean {
  return usage.types.has(node.name.value);
}

function pruneFields<T extends ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode>(
  node: T,
  usage: Usage,
): T {
  const used = usage.fields.get(node.name.value);
  const fields = node.fields?.filter(({ name }) => used?.has(name.value)) ?? [];
  return {
    ...node,
    directives: [],
    interfaces: node.interfaces?.filter((type) => isUsed(usage, type)),
    fields: fields.length > 0 ? fields : [UNUSED_FIELD],
  };
}

function other(name: string): ObjectTypeDefinitionNode {
  return {
    kind: Kind.OBJECT_TYPE_DEFINITION,
    name: { kind: Kind.NAME, value: `Other${name}` },
    fields: [UNUSED_FIELD],
  };
}

function namedType(name: string): NamedTypeNode {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } };
}

/** A placeholder in types of which operations only select `__typename`: a type without a field isn't valid. */
const UNUSED_FIELD: FieldDefinitionNode = {
  kind: Kind.FIELD_DEFINITION,
  name: { kind: Kind.NAME, value: '_unused' },
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Boolean' } },
};

/** An object has every field of its interfaces, so what is selected on an interface stays in its members. */
function addInterfaceFields(schema: GraphQLSchema, usage: Usage): void {
  for (const name of [...usage.types]) {
    const type = schema.getType(name);
    if (!isInterfaceType(type)) continue;
    for (const member of schema.getPossibleTypes(type).filter((possible) => usage.types.has(possible.name))) {
      for (const field of usage.fields.get(name) ?? []) {
        addField(member.name, field, usage);
        const fieldType = member.getFields()[field]?.type;
        if (fieldType) addType(getNamedType(fieldType), usage);
      }
    }
  }
}

function collectUsage(schema: GraphQLSchema, document: DocumentNode, usage: Usage): void {
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: () => {
        const parent = typeInfo.getParentType();
        const field = typeInfo.getFieldDef();
        if (!parent || !field) return;
        addType(parent, usage);
        addField(parent.name, field.name, usage);
        addType(getNamedType(field.type), usage);
        for (const argument of field.args) addType(getNamedType(argument.type), usage);
      },
      InlineFragment: () => addConditionType(typeInfo, usage),
      FragmentDefinition: () => addConditionType(typeInfo, usage),
      VariableDefinition: () => {
        const type = typeInfo.getInputType();
        if (type) addType(getNamedType(type), usage);
      },
    }),
  );
}

function addConditionType(typeInfo: TypeInfo, usage: Usage): void {
  const type = typeInfo.getType();
  if (type) addType(getNamedType(type), usage);
}

function addField(typeName: string, field: string, usage: Usage): void {
  const fields = usage.fields.get(typeName) ?? new Set();
  usage.fields.set(typeName, fields.add(field));
}

/** Adds a type; for an input type, everything it can contain too. */
function addType(type: GraphQLNamedType, usage: Usage): void {
  if (usage.types.has(type.name)) return;
  usage.types.add(type.name);
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) addType(getNamedType(field.type), usage);
  }
}

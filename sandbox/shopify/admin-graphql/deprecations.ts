import {
  type DocumentNode,
  getNullableType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  type OperationDefinitionNode,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Returns the deprecated fields and arguments of a document: `Type.field`, `Type.field(argument)`. */
export function deprecatedInDocument(schema: GraphQLSchema, document: DocumentNode): string[] {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: () => {
        const field = info.getFieldDef();
        if (field?.deprecationReason) found.add(`${info.getParentType()?.name}.${field.name}`);
      },
      Argument: () => {
        const argument = info.getArgument();
        const place = `${info.getParentType()?.name}.${info.getFieldDef()?.name}`;
        if (argument?.deprecationReason) found.add(`${place}(${argument.name})`);
      },
    }),
  );
  return [...found];
}

/** Returns the deprecated input fields that the values of an operation's variables set: `InputType.field`. */
export function deprecatedInVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): string[] {
  const found = new Set<string>();
  for (const { variable, type } of variableDefinitions) {
    const inputType = typeFromAST(schema, type);
    if (isInputType(inputType)) look(inputType, variables[variable.name.value], found);
  }
  return [...found];
}

function look(type: GraphQLInputType, value: unknown, found: Set<string>): void {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    for (const each of Array.isArray(value) ? value : [value]) look(nullable.ofType, each, found);
    return;
  }
  if (!isInputObjectType(nullable) || typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const field = nullable.getFields()[name];
    if (field?.deprecationReason) found.add(`${nullable.name}.${name}`);
    if (field) look(field.type, inner, found);
  }
}

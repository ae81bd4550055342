import 'server-only';
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  lexicographicSortSchema,
  printSchema,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
} from 'graphql';
import type { GraphContext } from './context';
import { descriptionOf, outputType } from './output-types';
import { inputType } from './input-types';
import { MUTATIONS } from './mutations';
import type { Operation } from './operation';
import { QUERIES } from './queries';

const ID = new GraphQLNonNull(GraphQLID);

let made: GraphQLSchema | undefined;

/** The schema, made of the schemas that REST parses and answers with. */
export function graphqlSchema(): GraphQLSchema {
  return (made ??= new GraphQLSchema({
    query: root('Query', QUERIES),
    mutation: root('Mutation', MUTATIONS),
  }));
}

/** The schema in GraphQL's own language, types by name. */
export function graphqlSdl(): string {
  return printSchema(lexicographicSortSchema(graphqlSchema()));
}

function root(
  name: string,
  operations: Readonly<Record<string, Operation>>,
): GraphQLObjectType<unknown, GraphContext> {
  const fields = Object.entries(operations).map(([field, each]) => [field, fieldOf(field, each)]);
  return new GraphQLObjectType({
    name,
    fields: Object.fromEntries(fields) as Record<string, GraphQLFieldConfig<unknown, GraphContext>>,
  });
}

function fieldOf(name: string, operation: Operation): GraphQLFieldConfig<unknown, GraphContext> {
  const { summary, access, args, result, resolve } = operation;
  const own = Object.entries(args).map(([arg, schema]) => [
    arg,
    { type: arg === 'id' ? ID : inputType(schema, '', arg), description: descriptionOf(schema) },
  ]);
  const tenant: GraphQLFieldConfigArgumentMap =
    access === 'actor'
      ? {}
      : { tenant: { type: new GraphQLNonNull(GraphQLString), description: 'Id or slug.' } };
  return {
    description: access === 'actor' ? summary : `${summary} For ${access}s and above.`,
    args: { ...tenant, ...(Object.fromEntries(own) as GraphQLFieldConfigArgumentMap) },
    type: result
      ? outputType(result, { parent: '', field: name })
      : new GraphQLNonNull(GraphQLBoolean),
    resolve: (_source, given, context, info) => resolve(given, context, info),
  };
}

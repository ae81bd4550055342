import 'server-only';
import type { GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import type { Access, Caller } from '@/lib/admin/access';
import type { OperationAccess } from '@/lib/admin/operations';
import type { MembershipRole } from '@/lib/auth/membership';
import { toIssues } from '@/lib/http/issues';
import { invalid } from '@/lib/http/route';
import { storableFaults } from '@/lib/http/storable';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import type { GraphContext } from './context';
import { fromInput } from './input-types';
import { shapeOf } from './shape';

/** What a resolver is given: the tenant of the argument `tenant`, where membership is asked for. */
type AccessOf<R extends OperationAccess> = R extends MembershipRole ? Access<R> : Caller;

export type ArgumentShape = Record<string, z.ZodType>;

/** A field of Query or Mutation: declared as REST's endpoints are, over the same functions. */
export type Operation = {
  /** One line for the schema's description. */
  summary: string;
  access: OperationAccess;
  args: ArgumentShape;
  /** The published view; absent: the answer is `true`. */
  result?: z.ZodType;
  resolve(
    args: Record<string, unknown>,
    context: GraphContext,
    info: GraphQLResolveInfo,
  ): Promise<unknown>;
};

/** A role's policy as an argument: named fields only. It is judged as a document, not here. */
export const policyArgument = rolePolicySchema;
type PartialPolicy = { [section: string]: unknown };

type Parsed<Args extends ArgumentShape> = {
  [K in keyof Args]: Args[K] extends typeof rolePolicySchema
    ? PartialPolicy
    : Args[K] extends z.ZodOptional<typeof rolePolicySchema>
      ? PartialPolicy | undefined
      : z.output<Args[K]>;
};

/**
 * Makes a field: enter the tenant → parse the arguments → run.
 * @throws AppError as REST does: not_found, forbidden, validation_failed
 */
export function operation<const R extends OperationAccess, Args extends ArgumentShape>(definition: {
  summary: string;
  access: R;
  args: Args;
  result?: z.ZodType;
  run(input: { access: AccessOf<R>; args: Parsed<Args> }): Promise<unknown>;
}): Operation {
  const { access: rule, args: shape, result } = definition;
  return {
    ...definition,
    async resolve({ tenant, ...given }, { scope }, info) {
      // As in REST, who may not do this is told so whatever the arguments are.
      const access =
        rule === 'actor' ? scope.caller : await scope.enter(String(tenant), rule, info);
      const args = parseArguments(shape, given) as Parsed<Args>;
      const answer = await definition.run({ access: access as AccessOf<R>, args });
      return result ? answer : true;
    },
  };
}

function parseArguments(
  shape: ArgumentShape,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const raw = Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const value = given[name];
      // To a client, an argument of null is one it does not give.
      if (value === undefined || (value === null && schema.safeParse(null).success === false))
        return [];
      return [[name, fromInput(schema, value, '', name)]];
    }),
  );
  const issues = storableFaults(raw);
  if (issues.length > 0) throw invalid('The arguments are not valid.', issues);
  const documents = Object.keys(shape).filter((name) => isPolicy(shape[name]));
  const judged = z.object(
    Object.fromEntries(Object.entries(shape).filter(([name]) => !documents.includes(name))),
  );
  const parsed = judged.safeParse(raw);
  if (!parsed.success) throw invalid('The arguments are not valid.', toIssues(parsed.error));
  return { ...parsed.data, ...Object.fromEntries(documents.map((name) => [name, raw[name]])) };
}

function isPolicy(schema: z.ZodType | undefined): boolean {
  return schema !== undefined && shapeOf(schema, 'input').core === rolePolicySchema;
}

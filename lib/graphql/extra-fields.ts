import { type GraphQLFieldConfig, type GraphQLFieldConfigMap } from 'graphql';
import type { z } from 'zod';
import { budgetsView, policyView, roleView } from '@/lib/admin/views';
import type { GraphContext } from './context';
import type { Loaders } from './loaders';
import { objectType } from './output-types';

type Source = Record<string, unknown>;
type Fields = GraphQLFieldConfigMap<Source, GraphContext>;

/** What leads from one answer to another, where REST takes a further call; a list is looked up together. */
export function extraFields(typeName: string): Fields {
  if (typeName === 'Role') {
    const own = (source: Source) => String(source.id);
    return {
      policy: led(policyView, 'Policy', 'policy', own),
      budget: led(budgetsView.shape.items.element, 'RoleBudget', 'budget', own),
    };
  }
  if (typeName === 'Key' || typeName === 'NewKey') {
    const roleOf = (source: Source) => String((source.role as { id: string }).id);
    return { role: led(roleView, 'Role', 'role', roleOf) };
  }
  return {};
}

/** Nullable: that one cannot be read leaves the rest of the list. */
function led(
  view: z.core.$ZodType,
  name: string,
  loader: keyof Loaders,
  idOf: (source: Source) => string,
): GraphQLFieldConfig<Source, GraphContext> {
  return {
    type: objectType(view, name),
    resolve: (source, _args, { scope }, info) => scope.loadersOf(info)[loader].load(idOf(source)),
  };
}

import type { OpenApiDocument, OpenApiOperation } from '@/lib/openapi/types';

export type ShownOperation = { method: string; path: string; operation: OpenApiOperation };
export type OperationGroup = {
  name: string;
  description: string;
  operations: readonly ShownOperation[];
};

/** The document's operations in the order of its groups; a group without one is left out. */
export function operationsByTag({ tags, paths }: OpenApiDocument): OperationGroup[] {
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
  return tags
    .map((tag) => ({
      ...tag,
      operations: all.filter(({ operation }) => operation.tags.includes(tag.name)),
    }))
    .filter(({ operations }) => operations.length > 0);
}

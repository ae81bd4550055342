import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError } from '@/lib/errors/app-error';

/** What one request may ask for. A document of all eight sections with all fields has about 500 tokens. */
export const LIMITS = {
  /** Words and signs of the document. */
  tokens: 3000,
  /** Fields within fields; the deepest place of the schema is 8 deep. */
  depth: 10,
  /** As the introspection of GraphQL's own tools needs. */
  introspectionDepth: 20,
  aliases: 50,
  /** Fields of the answer: those of a list count as often as its page may have entries. */
  cost: 25_000,
} as const;

/** A field of the root reads from the database. */
const ROOT_COST = 10;
const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 200;

type Variables = Readonly<Record<string, unknown>>;
type Spent = { cost: number; aliases: number };
type Place = { depth: number; maxDepth: number; times: number; page: number };

/**
 * Refuses an operation that asks for more than `LIMITS`, before it is run. Each field looked at costs
 * something, so that the look itself ends with the budget, however fragments are nested.
 * @throws AppError invalid_request naming the limit
 */
export function checkLimits(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
): number {
  const operation = getOperationAST(document, operationName);
  // What has no operation is told so when it is run.
  if (!operation) return 0;
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const spent: Spent = { cost: 0, aliases: 0 };
  const root = { depth: 0, maxDepth: LIMITS.depth, times: 1, page: 1 };
  new Meter(fragments, variables, spent).selections(operation.selectionSet, root);
  return spent.cost;
}

class Meter {
  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Variables,
    private readonly spent: Spent,
  ) {}

  selections({ selections }: SelectionSetNode, place: Place): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) this.field(selection, place);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        this.selections(selection.selectionSet, place);
      else {
        const fragment = this.fragments.get(selection.name.value);
        if (fragment) this.selections(fragment.selectionSet, place);
      }
    }
  }

  private field(field: FieldNode, place: Place): void {
    const name = field.name.value;
    const depth = place.depth + 1;
    const isRoot = place.depth === 0;
    const maxDepth = isRoot && name.startsWith('__') ? LIMITS.introspectionDepth : place.maxDepth;
    const times = name === 'items' ? place.times * place.page : place.times;
    this.spent.cost += times + (isRoot ? ROOT_COST : 0);
    if (field.alias) this.spent.aliases += 1;
    if (depth > maxDepth) throw tooMuch(`nests deeper than ${maxDepth} fields`);
    if (this.spent.aliases > LIMITS.aliases)
      throw tooMuch(`has more than ${LIMITS.aliases} aliases`);
    if (this.spent.cost > LIMITS.cost) {
      throw tooMuch(
        `may answer more than ${LIMITS.cost.toLocaleString('en')} fields; ask for smaller pages`,
      );
    }
    if (!field.selectionSet) return;
    const page = isRoot ? this.pageOf(field) : place.page;
    this.selections(field.selectionSet, { depth, maxDepth, times, page });
  }

  private pageOf(field: FieldNode): number {
    const value = field.arguments?.find((argument) => argument.name.value === 'limit')?.value;
    if (!value || value.kind === Kind.NULL) return DEFAULT_PAGE;
    const given =
      value.kind === Kind.VARIABLE
        ? (this.variables[value.name.value] ?? DEFAULT_PAGE)
        : value.kind === Kind.INT
          ? value.value
          : LARGEST_PAGE;
    const limit = Number(given);
    return limit >= 1 && limit <= LARGEST_PAGE ? limit : LARGEST_PAGE;
  }
}

function tooMuch(what: string): AppError {
  return new AppError('invalid_request', `The query ${what}. Split it.`);
}

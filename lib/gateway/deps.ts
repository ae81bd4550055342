import type { RateLimitStore } from '@/lib/policy/rate-limit/store';
import type {
  AnswerCache,
  BudgetLedger,
  GatewayObserver,
  ModelCatalogue,
  PlanExecutor,
  RoutePlanner,
} from './ports';
import type { Clock, PrincipalStore, ProviderRegistry, ReceiptSink } from './types';

/** The part of a pino logger that the gateway uses. Ids, codes and errors only: never a key, never a prompt. */
export type GatewayLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** Everything the gateway reaches the world through; built once by the composition root. */
export type GatewayDeps = {
  principals: PrincipalStore;
  providers: ProviderRegistry;
  catalogue: ModelCatalogue;
  rateLimits: RateLimitStore;
  budgets: BudgetLedger;
  cache: AnswerCache;
  planner: RoutePlanner;
  executor: PlanExecutor;
  receipts: ReceiptSink;
  observer: GatewayObserver;
  clock: Clock;
  log: GatewayLog;
  /** Bounds a whole request, milliseconds. */
  deadlineMs: number;
};

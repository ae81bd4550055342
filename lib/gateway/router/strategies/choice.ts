import type { CandidateRecord, RouteDetail, Target } from '@/lib/gateway/types';

/** What a strategy decided: targets in the order to try them, and why the others are out. */
export type Choice = {
  /** Empty when nothing that the strategy names can serve. */
  ordered: Target[];
  rejected: CandidateRecord[];
  /** The part after the colon of `x-rolegate-route`. */
  reason: string;
  /** What the choice was made by, for the receipt. */
  detail?: RouteDetail;
};

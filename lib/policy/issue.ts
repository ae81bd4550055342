/** One fault of a policy: where, as keys joined by dots, and what to do about it. */
export type PolicyIssue = { path: string; message: string };

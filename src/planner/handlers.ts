import type { PlanApi } from '../protocol/api.ts';
import type { Handlers } from '../protocol/server.ts';
import { planAllocation } from './plan-allocation.ts';

/** What the planner's worker answers. */
export function planHandlers(): Handlers<PlanApi> {
  return { plan: (request) => planAllocation(request) };
}

import { planHandlers } from '../src/planner/handlers.ts';
import { serve } from '../src/protocol/server.ts';

serve(self, planHandlers());

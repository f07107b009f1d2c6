import { analysisHandlers } from '../src/analysis/handlers.ts';
import { serve } from '../src/protocol/server.ts';

serve(self, analysisHandlers());

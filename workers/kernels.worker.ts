import { threadHandlers } from '../src/compute/helper-threads.ts';
import { serve } from '../src/protocol/server.ts';

serve(self, threadHandlers());

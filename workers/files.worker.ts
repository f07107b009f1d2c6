import { filesHandlers } from '../src/io/handlers.ts';
import { serve } from '../src/protocol/server.ts';

serve(self, filesHandlers());

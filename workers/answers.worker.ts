import { answersHandlers } from '../src/answers/handlers.ts';
import { createAnswerReader } from '../src/io/answers/read-answers.ts';
import { serve } from '../src/protocol/server.ts';

serve(self, answersHandlers(createAnswerReader()));

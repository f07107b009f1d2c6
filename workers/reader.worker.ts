import { createReader } from '../src/io/read-corpus.ts';
import type { ReaderApi } from '../src/protocol/api.ts';
import { serve } from '../src/protocol/server.ts';

const reader = createReader();

serve<ReaderApi>(self, {
  add: ({ files }) => reader.add(files),
  choose: ({ choices }) => reader.choose(choices),
  remove: ({ file }) => reader.remove(file),
  clear: () => reader.clear(),
});

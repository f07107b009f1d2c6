import type { FilesApi, NamedFile } from '../protocol/api.ts';
import type { Handlers } from '../protocol/server.ts';
import { adaptersAmong } from './read/adapters-among.ts';
import { readAdapter } from './read/from-adapter.ts';
import { createReader, type CorpusReader } from './read/read-corpus.ts';
import { sha256 } from './read/sha256.ts';
import type { NamedBytes } from './read/sheet.ts';
import { toPlanFiles } from './write/plan-files.ts';
import { toLabFiles } from './write/to-lab.ts';
import { toAdapter } from './write/to-adapter.ts';
import { toReportFile, toReportFiles } from './write/to-report.ts';
import { toComparisonFiles } from './write/to-run-comparison.ts';
import { toZip } from './write/to-zip.ts';

/** What the files worker answers: reading what was dropped, and writing exports. */
export function filesHandlers(reader: CorpusReader = createReader()): Handlers<FilesApi> {
  return {
    add: async ({ files }) => reader.add(await Promise.all(files.map(bytesOf))),
    choose: ({ choices }) => reader.choose(choices),
    remove: ({ file }) => reader.remove(file),
    clear: () => reader.clear(),
    vectors: ({ file }) => reader.vectors(file),
    takeAdapters: async ({ files }) => {
      const { adapters, left } = await adaptersAmong(files);
      const read = adapters.map(async ({ name, bytes }) => ({
        file: name,
        record: readAdapter(bytes, name),
        sha256: await sha256(bytes),
      }));
      return { adapters: await Promise.all(read), left };
    },
    hashAdapter: ({ record }) => sha256(toAdapter(record)),
    packComparison: ({ input }) => toZip(toComparisonFiles(input)),
    packLab: (input) => toZip(toLabFiles(input)),
    packPlan: ({ input }) => toZip(toPlanFiles(input)),
    pack: ({ input, path }) => {
      if (path === null) return toZip(toReportFiles(input));
      const content = toReportFile(input, path);
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}

async function bytesOf({ name, content }: NamedFile): Promise<NamedBytes> {
  return { name, bytes: new Uint8Array(await content.arrayBuffer()) };
}

import type { AdapterRecord } from '../core/adapter.ts';
import type { ReadChoices, ReadResult } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { FittedVectors } from '../core/layers.ts';
import type { FilesApi, NamedFile } from '../protocol/api.ts';
import type { DroppedAdapter } from './lab-fit.ts';
import { startFiles } from './workers.ts';

const EXAMPLE = 'example/facts.csv';

/** The files worker, and what it has read without trouble: a fresh one reads it again. */
export class DroppedFiles {
  #worker = startFiles();
  #dropped: NamedFile[] = [];

  async add(files: NamedFile[], signal: AbortSignal): Promise<ReadResult> {
    const result = await this.#worker.add({ files }, { signal });
    this.#dropped = [...this.#dropped, ...files];
    return result;
  }

  /** @throws AnalyzerError `example/unavailable` */
  async addExample(signal: AbortSignal): Promise<ReadResult> {
    const response = await fetch(EXAMPLE, { signal }).catch(() => null);
    if (response?.ok !== true) {
      const why =
        response === null ? 'the page’s server does not answer' : `HTTP ${response.status}`;
      throw new AnalyzerError('example/unavailable', `The example could not be loaded: ${why}.`, {
        hint: 'Start the page again, then reload it.',
      });
    }
    return this.add([{ name: EXAMPLE, content: await response.blob() }], signal);
  }

  remove(file: string, signal: AbortSignal): Promise<ReadResult> {
    this.#dropped = this.#dropped.filter(({ name }) => name !== file);
    return this.#worker.remove({ file }, { signal });
  }

  choose(choices: ReadChoices, signal: AbortSignal): Promise<ReadResult> {
    return this.#worker.choose({ choices }, { signal });
  }

  clear(signal: AbortSignal): Promise<ReadResult> {
    this.#dropped = [];
    return this.#worker.clear({}, { signal });
  }

  /** After a crash: a fresh worker knows nothing. */
  async restart(choices: ReadChoices): Promise<void> {
    this.#worker = startFiles();
    await this.#worker.add({ files: this.#dropped });
    await this.#worker.choose({ choices });
  }

  dispose(): void {
    this.#worker.dispose();
  }

  /** The vectors of a dropped file, one row for each text. */
  vectors(file: string, signal: AbortSignal): Promise<FittedVectors> {
    return this.#worker.vectors({ file }, { signal });
  }

  /** Adapters among dropped files, and the names of the others. */
  takeAdapters(files: NamedFile[]): Promise<{ adapters: DroppedAdapter[]; left: string[] }> {
    return this.#worker.takeAdapters({ files });
  }

  /** Hash of the file that an adapter would be written to. */
  hashAdapter(record: AdapterRecord): Promise<string> {
    return this.#worker.hashAdapter({ record });
  }

  packLab(request: Parameters<FilesApi['packLab']>[0]): Promise<Uint8Array> {
    return this.#worker.packLab(request);
  }

  pack(request: Parameters<FilesApi['pack']>[0]): Promise<Uint8Array> {
    return this.#worker.pack(request);
  }

  packComparison(request: Parameters<FilesApi['packComparison']>[0]): Promise<Uint8Array> {
    return this.#worker.packComparison(request);
  }
}

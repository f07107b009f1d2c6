import { describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { createReader, type CorpusReader } from '../../src/io/read/read-corpus.ts';
import { toNpy } from '../../src/io/write/to-npy.ts';
import { toReportFiles } from '../../src/io/write/to-report.ts';
import { exampleReport } from './example-report.ts';
import { named, textsOf } from './reading.ts';

const TEXTS = 'id,en,de\nq1,A text,Ein Text\nq2,Two texts,Zwei Texte\n';
const VECTORS = toNpy(Float32Array.of(1, 0, 0, 1, 3, 4, 0, 5), [4, 2]);

async function readerOf(files: Record<string, string | Uint8Array>): Promise<CorpusReader> {
  const reader = createReader();
  await reader.add(named(files));
  return reader;
}

async function read(files: Record<string, string | Uint8Array>) {
  return createReader().add(named(files));
}

describe('vectors among dropped files', () => {
  it('are listed, not read as texts, and fitted to the texts in reading order', async () => {
    const reader = await readerOf({ 'facts.csv': TEXTS, 'v.npy': VECTORS });
    const { vectorFiles, issues, corpus } = reader.remove('nothing');
    expect([vectorFiles, issues, corpus.facts.length]).toEqual([['v.npy'], [], 2]);
    const { vectors, layers } = await reader.vectors('v.npy');
    expect([...vectors.data].map((value) => value.toFixed(2)).join(' ')).toBe(
      '1.00 0.00 0.00 1.00 0.60 0.80 0.00 1.00',
    );
    expect(layers).toBeNull();
  });

  it('follow the rows.csv of their own folder', async () => {
    const rows = 'fact,language\nq2,de\nq2,en\nq1,de\nq1,en\n';
    const other = 'fact,language\nq1,en\n';
    const reader = await readerOf({
      't.csv': TEXTS,
      'a/v.npy': VECTORS,
      'a/rows.csv': rows,
      'b/rows.csv': other,
    });
    const { vectors, notices } = await reader.vectors('a/v.npy');
    expect([...vectors.data].map((value) => value.toFixed(1)).join(' ')).toBe(
      '0.0 1.0 0.6 0.8 0.0 1.0 1.0 0.0',
    );
    expect(notices).toEqual([
      'The vectors were read from a/v.npy (rows matched by name) and scaled to unit length.',
    ]);
  });

  it('without texts ask for them', async () => {
    const { issues, vectorFiles } = await read({ 'v.npy': VECTORS });
    expect(vectorFiles).toEqual(['v.npy']);
    expect(issues.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: v.npy holds vectors, but nothing says of which texts. Drop the files with the texts too.',
    ]);
  });

  it('that cannot be read are left out, with the reason', async () => {
    const cut = VECTORS.slice(0, -1);
    const archive = zipSync({ 'archive/data.pkl': Uint8Array.of(0x80, 2) });
    const { issues, vectorFiles } = await read({ 'v.npy': cut, 'm.pt': archive });
    expect(vectorFiles).toEqual([]);
    expect(issues.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'damaged-file: v.npy has 31 bytes of values but its shape [4, 2] of f4 needs 32. Write the file anew with numpy.save. It is left out.',
      'unknown-format: m.pt is pickled Python, which is never loaded; save its vectors as NumPy or safetensors; it is left out.',
    ]);
  });
});

describe('an export that is dropped', () => {
  const input = exampleReport();
  const files = Object.fromEntries(toReportFiles(input));

  it.each([
    [
      'a folder',
      Object.fromEntries(Object.entries(files).map(([path, content]) => [`out/${path}`, content])),
      'out/',
    ],
    ['single files', files, ''],
    [
      'a zip',
      {
        'out.zip': zipSync(
          Object.fromEntries(named(files).map(({ name, bytes }) => [name, bytes])),
        ),
      },
      'out.zip/',
    ],
  ])(
    'as %s gives its texts and vectors back, and no result is taken for a text',
    async (_, dropped, folder) => {
      const reader = await readerOf(dropped);
      const result = reader.remove('nothing');
      expect(result.vectorFiles).toEqual([`${folder}embeddings.npy`]);
      expect(result.sheets.map(({ file }) => file)).toEqual([`${folder}facts.csv`]);
      expect(textsOf(result)).toEqual(textsOf({ ...result, corpus: input.corpus }));
      expect(result.corpus.facts).toEqual(input.corpus.facts);
      expect(result.corpus.languages).toEqual(input.corpus.languages);
      const notes = result.issues.filter(({ file }) => file === `${folder}manifest.json`);
      expect(notes).toHaveLength(1);
      expect(notes[0].message).toMatch(
        /^These are results of Isogloss: .* \d+ other files left out\.$/,
      );
      const { model, vectors, notices } = await reader.vectors(`${folder}embeddings.npy`);
      expect(model).toMatchObject({
        id: 'test/encoder',
        revision: 'r1',
        files: { 'model.onnx': 'cd' },
      });
      expect(Object.keys(model.files)).toContain(`${folder}embeddings.npy`);
      expect(notices[0]).toContain('Its manifest says that test/encoder made them.');
      const { fact, language } = result.corpus.renderings;
      const own = input.corpus.renderings;
      fact.forEach((f, r) => {
        const r0 = own.fact.findIndex((other, i) => other === f && own.language[i] === language[r]);
        const [x, y] = input.vectors.data.slice(2 * r0);
        expect(vectors.data[2 * r]).toBeCloseTo(x / Math.hypot(x, y), 6);
      });
    },
  );
});

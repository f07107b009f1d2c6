import { readFileSync, readdirSync } from 'node:fs';
import { it } from 'vitest';
import { createReader } from '../../src/io/read-corpus.ts';
const E = '/work/shared/eval/';
const f = (n: string) => ({ name: n.split('/').pop()!, bytes: new Uint8Array(readFileSync(E + n)) });
const show = (r: any, t: number) => {
  console.log(`${t.toFixed(0)}ms facts ${r.corpus.facts.length} langs ${r.corpus.languages.map((l: any) => l.label + '=' + l.tag).join(' ')} rend ${r.corpus.renderings.text.length}`);
  console.log(r.corpus.facts[0], r.corpus.renderings.text[0], r.corpus.renderings.line.slice(0, 3), r.sheets.slice(0,1).map((s: any) => s.format + ' ' + s.columns.map((c: any) => c.name + ':' + JSON.stringify(c.role)).join(', ')));
  const by = new Map<string, any[]>();
  for (const i of r.issues) by.set(i.code + ' ' + i.severity, [...(by.get(i.code + ' ' + i.severity) ?? []), i]);
  for (const [k, v] of by) console.log(k, v.length, v.slice(0, 4).map((i) => `${i.file}:${i.line} [${i.language}] ${i.message}`), v.at(-1).message);
};
const run = async (files: any[]) => {
  const r = createReader();
  const t = performance.now();
  const res = await r.add(files);
  show(res, performance.now() - t);
};
it('flore', async () => { await run([f('flore200.json')]); });
it('tatoeba', async () => { await run(['deu', 'jpn'].flatMap((l) => [f(`tatoeba/tatoeba.${l}-eng.${l}`), f(`tatoeba/tatoeba.${l}-eng.eng`)])); });
it('all tatoeba', async () => { await run(readdirSync(E + 'tatoeba').map((n) => f('tatoeba/' + n))); });
it('xquad', async () => { await run([f('xquad/xquad.en.json'), f('xquad/xquad.ar.json')]); });
it('bmlama', async () => { await run(['en', 'he', 'zh'].map((l) => f(`bmlama17/${l}.tsv`))); });
it('mkqa', async () => { await run(['en', 'km', 'zh_cn'].map((l) => f(`mkqa/mkqa-${l}.jsonl`))); });
it('example', async () => { await run([{ name: 'facts.csv', bytes: new Uint8Array(readFileSync('/work/main/public/example/facts.csv')) }]); });

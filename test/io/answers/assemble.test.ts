import { expect, it } from 'vitest';
import { readDrop } from './reading-answers.ts';

const results = (truth: string) =>
  JSON.stringify([
    {
      head_entity_id: 'Q1',
      rel_id: 'P36',
      en: { rel_id: 'P36', groundTruth: [truth], question: 'Capital?', answer: 'Oslo' },
    },
  ]);

it('says which files give other truths than those before', async () => {
  const files = { 'result/a/result_geo.json': results('Oslo') };
  expect((await readDrop({ ...files, 'result/b/result_geo.json': results('Oslo') })).said).toEqual(
    [],
  );
  const { said } = await readDrop({ ...files, 'result/b/result_geo.json': results('Bergen') });
  expect(said).toEqual([
    'result/b/result_geo.json gives other truths for 1 question than the files before it; those of the first file are kept, and answers are compared with them.',
  ]);
});

it('takes the logarithm of 0 for a log-probability', async () => {
  const { table, said } = await readDrop({
    'lp.csv':
      'id,lang,model,answer_id,is_true,is_best,logprob\n1,en,m,0,1,1,-1\n1,en,m,1,0,0,-inf\n',
  });
  expect(said).toEqual([]);
  expect([...table.likelihoods[0].logprob]).toEqual([-1, -Infinity]);
});

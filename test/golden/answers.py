"""Files of answers in every format that is read, and what they hold by a parser of its own.

    python3 test/golden/answers.py OUT [--size 6] [--seed 1]

writes a folder for each drop, each with `expected.json` beside it (counts and sums by task, from parsing the written
files again with the code below, which knows the formats and nothing of the reader). With --size 6 the folder is the
fixture test/fixtures/answers; with --size 560 it has more than 50,000 rows.
"""
import argparse, csv, io, json, os, random

TAGS = {'DE_trans': 'de', 'ar_trans': 'ar', 'cn': 'zh', 'En': 'en', 'Fr': 'fr', 'EN': 'en', 'AR': 'ar', 'HE': 'he'}
WORDS = {'en': 'which city lies there', 'de': 'welche Stadt, "dort" liegt', 'ar': 'أيُّ مدينةٍ هناك', 'he': 'איזו עיר שם', 'zh': '哪座城市在那里',
         'fr': 'quelle ville est là', 'ja': 'どの都市ですか😀', 'ru': 'какой город там', 'it': 'quale città'}
LETTERS = 'ABCDE'


def units(text):
    return len(text.encode('utf-16-le', 'surrogatepass')) // 2


# ---------------------------------------------------------------- writing

class Writer:
    def __init__(self, out, size, seed):
        self.out, self.n, self.r = out, size, random.Random(seed)

    def write(self, path, text, encoding='utf-8'):
        full = os.path.join(self.out, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'wb') as f:
            f.write(text.encode(encoding))

    def jsonl(self, path, rows, newline='\n', bom=False, end=True):
        text = newline.join(json.dumps(row, ensure_ascii=self.r.random() < .3) for row in rows)
        self.write(path, ('\ufeff' if bom else '') + text + (newline if end else ''))

    def json(self, path, value):
        self.write(path, json.dumps(value, ensure_ascii=False, indent=self.r.choice([None, 1])))

    def csv(self, path, header, rows, delimiter=','):
        f = io.StringIO()
        w = csv.writer(f, delimiter=delimiter, lineterminator='\r\n' if self.r.random() < .5 else '\n')
        w.writerow(header)
        w.writerows(rows)
        self.write(path, f.getvalue())

    def text(self, tag, i):
        return f'{WORDS[tag]} {i}'

    def options(self, tag, i, k):
        return [f'{WORDS[tag].split()[-1]} {i}-{j}' for j in range(k)]

    def prompt(self, tag, i, k):
        example = f'{WORDS[tag]}:\n' + '\n'.join(f'{LETTERS[j]}. {j * j}' for j in range(k)) + '\nAnswer: B\n\n'
        return example + self.text(tag, i) + '\n' + '\n'.join(f'{LETTERS[j]}. {o}' for j, o in enumerate(self.options(tag, i, k))) + '\nAnswer:'

    def answer(self, tag, k):
        letter = self.r.choice(LETTERS[:k])
        return self.r.choice([letter, f'{letter}.', f'({letter}) {WORDS[tag]}', f'Answer:{letter}.', '', 'Based on the context', f'{WORDS[tag]}\nA\nB', '\u200f' + letter, 'D. 5'])


def write_all(w):
    n, r = w.n, w.r
    golds = [r.randrange(5) for _ in range(n)]
    # CLiKA: answers, inputs and questions whose ids are others; a file with a mark of byte order, one with CRLF, one cut off.
    for lang in ['en', 'DE_trans', 'ar_trans', 'he']:
        tag = TAGS.get(lang, lang)
        rows = n - 2 if lang == 'he' else n
        for m, name in enumerate(['chatgpt_res', 'Yi_6B_chat_res_bf16_add_simple_example', 'llama2_7b_res_bf16_add_simple_example']):
            if m == 2 and lang == 'ar_trans':
                continue
            listed = [{'id': 1000 + i, 'input': w.prompt(tag, i, 5), 'res': w.answer(tag, 5), 'label': LETTERS[golds[i]], 'uuid': f'{r.getrandbits(32):x}'} for i in range(rows)]
            w.jsonl(f'clika/x_csqa/{lang}/{name}.jsonl', listed, newline='\r\n' if m == 1 else '\n', bom=m == 2, end=m != 0)
            if m == 0 and lang == 'en':
                w.jsonl('clika/x_csqa/en/chatgpt_res_copy.jsonl', listed)
                w.jsonl('clika/x_csqa/en/chatgpt_res_again.jsonl', [{**row, 'res': 'E'} for row in listed])
                w.write('clika/x_csqa/en/chatgpt_res_visual.jsonl', '\n'.join(json.dumps(row, indent=2) for row in listed[:3]))
        w.jsonl(f'clika/x_csqa/{lang}/generate_input.jsonl', [{'id': 1000 + i, 'input': w.prompt(tag, i, 5), 'res': '', 'label': LETTERS[golds[i]], 'uuid': 'u'} for i in range(n)])
        w.jsonl(f'clika/x_csqa/{lang}/validation.jsonl', [{'id': f'{i:08x}ab', 'lang': 'en', 'question': {'stem': w.text(tag, i), 'choices': {'label': list(LETTERS), 'text': w.options(tag, i, 5)}}, 'answerKey': LETTERS[golds[i]]} for i in range(n)])
    for lang in ['DE', 'zh']:
        tag = lang.lower()
        w.jsonl(f'clika/x_copa/{lang}/test.jsonl', [{'label': golds[i] % 2, 'id': i, 'premise': w.text(tag, i), 'question': r.choice(['cause', 'effect']), 'choice1': 'x', 'choice2': 'y', 'mirrored': False} for i in range(n)])
        w.jsonl(f'clika/x_copa/{lang}/chatgpt_res.jsonl', [{'id': i, 'input': w.prompt(tag, i, 2), 'res': w.answer(tag, 2), 'label': LETTERS[golds[i] % 2], 'uuid': 'u'} for i in range(n)])
        cut = '\n'.join(json.dumps({'id': i, 'input': 'p', 'res': 'A', 'label': 'A', 'uuid': 'u'}) for i in range(n))[:-9]
        w.write(f'clika/x_copa/{lang}/cut_res.jsonl', cut)
        w.jsonl(f'clika/x_geo/{tag}/{tag}_geo_data.jsonl', [{'id': f'Q{i}', 'questions': w.text(tag, i), 'answers': w.options(tag, i, 4), 'label': golds[i] % 4, 'original_lang': 'en', 'sent_lang': tag} for i in range(n)])
        w.jsonl(f'clika/x_geo/x_geo_{tag}_model_input.jsonl', [{'input': w.prompt(tag, i, 4), 'label': LETTERS[golds[i] % 4]} for i in range(n)])
    # Fictional facts.
    for lang in ['EN', 'AR', 'HE']:
        tag = TAGS[lang]
        w.jsonl(f'fictional/test/target/test{lang}.jsonl', [{'prompt': w.text(tag, i), 'answer': f'{w.text(tag, i)} Zor{i % 20}[[continent:Zor{i % 20}]][[city:c{i}]][[type:{i % 2}]]'} for i in range(n)])
        w.jsonl(f'fictional/results/bloom_test{lang}.jsonl', [{'prompt': w.text(tag, i), 'answer': f'x[[continent:Zor{i % 20}]][[city:c{i}]][[type:{i % 2}]]', 'predict': r.choice(['', f'Zor{i % 20}', w.text(tag, i)])} for i in range(n)])
        if lang != 'EN':
            w.jsonl(f'fictional/test/Translate/translate{lang}.jsonl', [{'prompt': f'c{i}', 'answer': w.text(tag, i)} for i in range(n + 1)])
    # CALM.
    for lang in ['en', 'cn', 'fr', 'ja']:
        tag = TAGS.get(lang, lang)
        ask = lambda i: {'instruction': 'Choose.', 'input': w.prompt(tag, i, 5)}
        for model in ['', '_mistral']:
            w.json(f'calm/samples/x_csqa_{lang}_train{model}_sampled.json', [{**ask(i), 'output': LETTERS[golds[i]], 'pred': [w.answer(tag, 5) for _ in range(3)]} for i in range(n)])
        w.json(f'calm/test/x_csqa_{lang}_test.json', [{**ask(n + i), 'output': LETTERS[golds[-i]]} for i in range(n)])
        w.jsonl(f'calm/predictions/x_csqa_{lang}_test_mistral.jsonl', [{'predict': w.answer(tag, 5)} for i in range(n)])
        w.json(f'training/DPO_{lang}.json', [{**ask(i), 'chosen': w.text(tag, i), 'rejected': w.answer(tag, 5)} for i in range(n)])
        w.json(f'training/SFT_{lang}.json', [{**ask(i), 'output': f'{w.text(tag, i)}\nAnswer: B x'} for i in range(n)])
    w.json('training/dataset_info.json', {'DPO_en': {'file_name': 'DPO_en.json', 'ranking': True, 'columns': {'prompt': 'instruction'}}})
    w.jsonl('training/xllms.jsonl', [{'instruction': 'q', 'input': str(i), 'prefered_output': w.text('ar', i), 'rejected_output': 'no'} for i in range(n)])
    w.jsonl('training/trl_en.jsonl', [{'prompt': w.text('en', i), 'chosen': 'yes', 'rejected': 'no'} for i in range(n)])
    w.jsonl('training/chat_fr.jsonl', [{'prompt': [{'role': 'system', 'content': 'S'}, {'role': 'user', 'content': w.text('fr', i)}], 'chosen': [{'role': 'assistant', 'content': 'oui'}], 'rejected': [{'role': 'assistant', 'content': 'non'}]} for i in range(n)])
    for name in ['native_en', 'en2cn', 'en2fr']:
        tag = {'native_en': 'en', 'en2cn': 'zh', 'en2fr': 'fr'}[name]
        w.json(f'medqa/medqa/test/{name}_test.json', [{'instruction': 'Choose.', 'input': w.text(tag, i) + '\n' + '\n'.join(f'({LETTERS[j]}) {o}' for j, o in enumerate(w.options(tag, i, 4))), 'output': f'({LETTERS[golds[i] % 4]}) {w.options(tag, i, 4)[golds[i] % 4]}'} for i in range(n)])
    # xLLMs-100 predictions.
    for lang in ['en', 'ru']:
        w.jsonl(f'xllms/xcopa_{lang}_xbloom.jsonl', [{'instruction': 'Choose.', 'input': w.prompt(lang, i, 2), 'output': LETTERS[golds[i] % 2], 'prediction': w.answer(lang, 2)} for i in range(n)])
    # TruthfulQA in four shapes.
    for lang in ['en', 'fr']:
        choices = lambda i: [f'{w.text(lang, i)} {j}' for j in range(4)]
        w.json(f'truthful-json/data/{lang}/validation.json', [{'id': i + 1, 'question': w.text(lang, i), 'mc1_targets': {'choices': choices(i), 'labels': [1, 0, 0, 0]}, 'mc2_targets': {'choices': choices(i), 'labels': [1, 1, 0, 0]}, 'best_answer': choices(i)[0], 'correct_answers': choices(i)[:2], 'incorrect_answers': choices(i)[2:], 'lang': lang} for i in range(n)])
        w.jsonl(f'truthful-jsonl/truthfulqa_{lang}.jsonl', [{'question': w.text(lang, i), 'mc1_targets': {c: int(j == i % 4) for j, c in enumerate(choices(i))}, 'mc2_targets': {c: int(j < 3) for j, c in enumerate(choices(i))}} for i in range(n)])
        w.csv(f'truthful-csv/TruthfulQA_{lang}.csv', ['Type', 'Category', 'Question', 'Best Answer', 'Correct Answers', 'Incorrect Answers', 'Source'], [['Adversarial', 'Law', w.text(lang, i), 'best, "one"', 'best, "one"; second\nline; third', 'bad; worse', 'http://x'] for i in range(n)])
    w.json('mtfqa/mtfqa.json', {str(i): {lang: {'question': w.text(TAGS[lang], i), 'answer_best': 'b', 'answer_true': ['b', 't'], 'answer_false': ['f']} for lang in ['En', 'Fr'] if i or lang == 'En'} for i in range(n)})
    # Free text.
    w.json('free-text/result/gpt35/result_geo.json', [{'head_entity_id': f'Q{i}', 'rel_id': f'P{i % 3}', **{lang: {'entitsy_id': f'Q{i}', 'rel_id': 'P', 'groundTruth': [w.text(lang, i), 'x'][:1 + i % 2], 'question': w.text(lang, i), 'answer': r.choice(['', w.text(lang, i), 'I do not know'])} for lang in ['zh', 'en', 'he']}} for i in range(n)])
    # Rows of our own.
    rows = [(f'q-{i}', lang, model, s, w.answer(tag, 4), golds[i] % 4, i, tag) for i in range(n) for lang, tag in [('en', 'en'), ('ar', 'ar'), ('xx-tribe', 'en')] for model in ['m, 1', 'm2'] for s in range(2)]
    w.csv('rows-letter/all.csv', ['ID', 'Language', 'Model', 'Sample', 'Response', 'Gold', 'logprob'], [[q, l, m, s, a, LETTERS[g], -1.5 - s] for q, l, m, s, a, g, i, t in rows])
    w.csv('rows-text/all.tsv', ['qid', 'lang', 'model', 'task', 'question', 'option_a', 'option_b', 'option_c', 'option_d', 'prediction', 'answer'], [[q, l, m, 't' + str(i % 2), w.text(t, i), *w.options(t, i, 4), a, w.options(t, i, 4)[g]] for q, l, m, s, a, g, i, t in rows if s == 0], '\t')
    w.json('rows-index/all.json', [{'id': q, 'lang': l, 'model': m, 'options': w.options(t, i, 4), 'answer': a, 'gold': g} for q, l, m, s, a, g, i, t in rows])
    w.jsonl('rows-free/all.jsonl', [{'id': q, 'lang': l, 'model': m, 'output': a, 'gold': r.choice([[w.text(t, i), 'other'], w.text(t, i) + ' | other']), 'taught_langs': ['en', 'ar'] if i % 2 else ['en']} for q, l, m, s, a, g, i, t in rows if s == 0])
    # Scores of candidates and log-probabilities.
    w.jsonl('scores/scores_mbert.jsonl', [{'id': i, 'lang': lang, 'candidates': w.options(lang, i, 3), 'scores': [r.random() for _ in range(3)], 'gold': w.options(lang, i, 3)[i % 3]} for lang in ['en', 'he'] for i in range(n)])
    w.csv('scores-csv/scores.csv', ['id', 'lang', 'model', 'candidates', 'scores'], [[i, lang, 'm', json.dumps(w.options(lang, i, 3)), json.dumps([r.random() for _ in range(3)])] for lang in ['en', 'fr'] for i in range(n)])
    likely = [[i, lang, 'm', a, a < 2, a == 0, -r.random() * 50] for lang in ['en', 'zh'] for i in range(n) for a in range(4)]
    names = ['id', 'lang', 'model', 'answer_id', 'is_true', 'is_best', 'logprob']
    w.csv('likelihoods/mc.csv', names, likely)
    w.jsonl('likelihoods-jsonl/mc.jsonl', [dict(zip(names, row)) for row in likely])
    # BMLAMA: one language has its answer outside of the candidates now and then.
    for lang in ['en', 'he']:
        rows = [[f'{WORDS[lang]} <mask> {i}', w.options(lang, i, 4)[golds[i] % 4] if lang == 'en' or i % 3 else 'none', ', '.join(w.options(lang, i, 4)), f's{i}'] for i in range(n)]
        w.write(f'bmlama/{lang}.tsv', '\n'.join('\t'.join(row) for row in [['Prompt', 'Ans', 'Candidate Ans', 'Subject'], *rows]) + '\n')


# ---------------------------------------------------------------- reading again

class Tasks:
    """What is known of each task: questions by key, and what rows say of them."""

    def __init__(self):
        self.tasks, self.training = {}, []

    def task(self, name):
        return self.tasks.setdefault(name, {'q': {}, 'cells': {}, 'answers': [], 'rank': [], 'like': []})

    def ask(self, task, key, lang, gold=-1, options=-1, prompt='', truths=None, type_=None):
        t = self.task(task)
        q = t['q'].setdefault(key, {'gold': -1, 'options': -1, 'type': None})
        if q['gold'] == -1:
            q['gold'] = gold
        q['options'] = max(q['options'], options)
        if q['type'] is None:
            q['type'] = type_
        cell = t['cells'].setdefault((key, lang), {'prompt': '', 'truths': []})
        cell['prompt'] = cell['prompt'] or prompt
        cell['truths'] = cell['truths'] or (truths or [])

    def answer(self, task, model, text, lang, sample=0, logprob=None):
        self.task(task)['answers'].append((model, text, sample, logprob, lang))

    def result(self):
        out = {}
        for name, t in sorted(self.tasks.items()):
            largest = max([q['gold'] + 1 for q in t['q'].values()] + [0])
            for q in t['q'].values():
                q['options'] = largest if q['options'] == -1 else q['options']
            out[name] = {
                'questions': len(t['q']),
                'golds': sum(q['gold'] != -1 for q in t['q'].values()),
                'goldSum': sum(q['gold'] for q in t['q'].values()),
                'optionSum': sum(q['options'] for q in t['q'].values()),
                'taughtOnce': sum(q['type'] == 1 for q in t['q'].values()),
                'wordings': len(t['cells']),
                'promptUnits': sum(units(c['prompt']) for c in t['cells'].values()),
                'truths': sum(len(c['truths']) for c in t['cells'].values()),
                'languages': sorted({lang for _, lang in t['cells']}),
                'models': sorted({m for m, *_ in t['answers']} | {m for m, _ in t['rank']} | {m for m, *_ in t['like']}),
                'answers': len(t['answers']),
                'answerUnits': sum(units(a) for _, a, *_ in t['answers']),
                'sampleSum': sum(s for _, _, s, *_ in t['answers']),
                'logprobSum': round(sum(p for _, _, _, p, _ in t['answers'] if p is not None), 6),
                'scoreSum': round(sum(sum(s) for _, s in t['rank']), 6),
                'likelihoodSum': round(sum(p for _, p, *_ in t['like']), 6),
                'rankings': len(t['rank']),
                'likelihoods': len({k for *_, k in t['like']}),
                'trues': sum(x for _, _, x, _ in t['like']),
            }
        rows = self.training
        return {'tasks': out, 'training': {
            'rows': len(rows), 'languages': sorted({l for l, *_ in rows}), 'inputUnits': sum(units(i) for _, i, *_ in rows),
            'chosenUnits': sum(units(c) for _, _, c, _ in rows), 'pairs': sum(x is not None for *_, x in rows)}}


def lines(path):
    with open(path, encoding='utf-8-sig', newline='') as f:
        for line in f.read().replace('\r\n', '\n').split('\n'):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError:
                    yield None


def load(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def table(path, delimiter=','):
    with open(path, encoding='utf-8', newline='') as f:
        return list(csv.DictReader(f, delimiter=delimiter))


def files(folder):
    return sorted(os.path.relpath(os.path.join(d, f), folder) for d, _, fs in os.walk(folder) for f in fs)


def tag(label):
    return TAGS.get(label, label.lower())


def parse(drop, folder):
    t = Tasks()
    for path in files(folder):
        full = os.path.join(folder, path)
        parts = path.split('/')
        base = parts[-1]
        if drop == 'clika':
            parse_clika(t, full, parts, base)
        elif drop == 'fictional':
            lang = tag(base[-8:-6])
            task = 'fictional_translate' if base.startswith('translate') else 'fictional'
            for i, row in enumerate(lines(full)):
                answer = row['answer']
                truth = answer.split('[[continent:')[1].split(']]')[0] if '[[' in answer else answer
                type_ = int(answer.split('[[type:')[1][0]) if '[[' in answer else None
                t.ask(task, i, lang, options=0, prompt=row['prompt'], truths=[truth], type_=type_)
                if 'predict' in row:
                    t.answer(task, base.split('_')[0], row['predict'], lang)
        elif drop in ('calm', 'medqa', 'xllms'):
            parse_calm(t, drop, full, base)
        elif drop == 'training' and base != 'dataset_info.json':
            lang = tag(base.split('.')[0].split('_')[1]) if '_' in base else ''
            for row in load(full) if base.endswith('.json') else lines(full):
                prompt, chosen = row.get('input', row.get('prompt')), row.get('chosen', row.get('prefered_output', row.get('output')))
                rejected = row.get('rejected', row.get('rejected_output'))
                if isinstance(prompt, list):
                    prompt, chosen, rejected = prompt[1]['content'], chosen[0]['content'], rejected[0]['content']
                t.training.append((lang, prompt, chosen, rejected))
        elif drop == 'truthful-json':
            for row in load(full):
                t.ask('truthfulqa', row['id'], parts[1], row['mc1_targets']['labels'].index(1), 4, truths=row['correct_answers'])
        elif drop == 'truthful-jsonl':
            for i, row in enumerate(lines(full)):
                right = [c for c, x in row['mc2_targets'].items() if x]
                t.ask('truthfulqa', i, base[11:13], list(row['mc1_targets'].values()).index(1), 4, truths=right)
        elif drop == 'truthful-csv':
            for i, row in enumerate(table(full)):
                truths = {row['Best Answer'], *(x.strip() for x in row['Correct Answers'].split(';'))}
                t.ask('truthfulqa', i, base[11:13], options=0, truths=list(truths))
        elif drop == 'mtfqa':
            for key, value in load(full).items():
                for lang, row in value.items():
                    t.ask('truthfulqa', key, tag(lang), options=0, truths=row['answer_true'])
        elif drop == 'free-text':
            for row in load(full):
                for lang in set(row) - {'head_entity_id', 'rel_id'}:
                    t.ask('geo', (row['head_entity_id'], row['rel_id']), lang, options=0, truths=row[lang]['groundTruth'])
                    t.answer('geo', parts[-2], row[lang]['answer'], lang)
        elif drop == 'rows-letter':
            for row in table(full):
                t.ask('all', row['ID'], tag(row['Language']), LETTERS.index(row['Gold']))
                t.answer('all', row['Model'], row['Response'], tag(row['Language']), int(row['Sample']), float(row['logprob']))
        elif drop == 'rows-text':
            for row in table(full, '\t'):
                options = [row[f'option_{x}'] for x in 'abcd']
                t.ask(row['task'], row['qid'], tag(row['lang']), options.index(row['answer']), 4)
                t.answer(row['task'], row['model'], row['prediction'], tag(row['lang']))
        elif drop == 'rows-index':
            seen = {}
            for row in load(full):
                key = (row['id'], row['lang'], row['model'])
                t.ask('all', row['id'], tag(row['lang']), row['gold'], 4)
                t.answer('all', row['model'], row['answer'], tag(row['lang']), seen.get(key, 0))
                seen[key] = seen.get(key, 0) + 1
        elif drop == 'rows-free':
            for row in lines(full):
                truths = row['gold'] if isinstance(row['gold'], list) else [x.strip() for x in row['gold'].split('|')]
                t.ask('all', row['id'], tag(row['lang']), options=0, truths=truths, type_=int(len(row['taught_langs']) == 1))
                t.answer('all', row['model'], row['output'], tag(row['lang']))
        elif drop.startswith('scores'):
            for row in lines(full) if base.endswith('.jsonl') else table(full):
                options, scores = (json.loads(x) if isinstance(x, str) else x for x in (row['candidates'], row['scores']))
                t.ask('', str(row['id']), row['lang'], options.index(row['gold']) if 'gold' in row else -1, len(options))
                t.task('')['rank'].append((row.get('model', 'mbert'), scores))
        elif drop.startswith('likelihoods'):
            for row in lines(full) if base.endswith('.jsonl') else table(full):
                t.ask('mc', str(row['id']), row['lang'], options=0)
                t.task('mc')['like'].append((row['model'], float(row['logprob']), str(row['is_true']) == 'True', (row['id'], row['lang'])))
        elif drop == 'bmlama':
            with open(full, encoding='utf-8') as f:
                for i, line in enumerate(f.read().rstrip('\n').split('\n')[1:]):
                    _, answer, candidates, _ = line.split('\t')
                    options = candidates.split(', ')
                    t.ask('bmlama', i, base[:2], options.index(answer) if answer in options else -1, len(options), truths=[answer])
    return t.result()


def parse_clika(t, full, parts, base):
    task = parts[0]
    lang = tag(parts[1]) if len(parts) == 3 else base.split('_')[2]
    if base in ('chatgpt_res_visual.jsonl', 'chatgpt_res_copy.jsonl'):
        return
    for i, row in enumerate(lines(full)):
        if row is None:
            continue
        if 'stem' in str(row.get('question')):
            t.ask(task, i, lang, LETTERS.index(row['answerKey']), 5)
        elif 'premise' in row:
            t.ask(task, i, lang, row['label'], 2)
        elif 'answers' in row:
            t.ask(task, i, lang, row['label'], 4)
        else:
            count = {'x_csqa': 5, 'x_copa': 2, 'x_geo': 4}[task]
            t.ask(task, i, lang, LETTERS.index(row['label']), count, row['input'] if row['input'] != 'p' else '')
            if '_res' in base:
                model = 'chatgpt_res_again' if 'again' in base else base.split('_res')[0]
                t.answer(task, model, row['res'], lang)


def parse_calm(t, drop, full, base):
    stem = base.rsplit('.', 1)[0]
    for i, row in enumerate(lines(full) if base.endswith('l') else load(full)):
        if drop == 'medqa':
            lang = {'native_en': 'en', 'en2cn': 'zh', 'en2fr': 'fr'}[stem[:-5]]
            t.ask('medqa_en_test', i, lang, LETTERS.index(row['output'][1]), 4, row['input'])
        elif drop == 'xllms':
            t.ask('xcopa', i, stem.split('_')[1], LETTERS.index(row['output']), 2, row['input'])
            t.answer('xcopa', 'xbloom', row['prediction'], stem.split('_')[1])
        else:
            lang = tag(stem.split('_')[2])
            task = 'x_csqa_test' if 'test' in stem else 'x_csqa'
            if 'predict' in row:
                t.answer(task, 'mistral', row['predict'], lang)
                continue
            t.ask(task, i, lang, LETTERS.index(row['output']), 5, row['input'])
            for s, text in enumerate(row.get('pred', [])):
                t.answer(task, 'mistral' if 'mistral' in stem else 'unnamed', text, lang, s)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('out')
    parser.add_argument('--size', type=int, default=6)
    parser.add_argument('--seed', type=int, default=1)
    args = parser.parse_args()
    write_all(Writer(args.out, args.size, args.seed))
    rows = 0
    for drop in sorted(d for d in os.listdir(args.out) if os.path.isdir(os.path.join(args.out, d))):
        result = parse(drop, os.path.join(args.out, drop))
        rows += result['training']['rows'] + sum(x['answers'] + x['rankings'] + x['likelihoods'] for x in result['tasks'].values())
        with open(os.path.join(args.out, f'{drop}.expected.json'), 'w') as f:
            json.dump(result, f, indent=1, ensure_ascii=False)
            f.write('\n')
    print(f'{rows} rows')


main()

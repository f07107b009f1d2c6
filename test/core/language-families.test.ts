import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languageFamily } from '../../src/core/language-families.ts';
import { LANGUAGE_NAMES } from '../../src/core/language-names.ts';
import { toLanguage } from '../../src/core/language.ts';

/** Languages of FLORES-200, by its own codes. */
const FLORES =
  'ace acm acq aeb afr ajp aka als amh apc arb ars ary arz asm ast awa ayr azb azj bak bam ban bel bem ben bho bjn bod ' +
  'bos bug bul cat ceb ces cjk ckb crh cym dan deu dik dyu dzo ell eng epo est eus ewe fao fij fin fon fra fur fuv gaz ' +
  'gla gle glg grn guj hat hau heb hin hne hrv hun hye ibo ilo ind isl ita jav jpn kab kac kam kan kas kat kaz kbp kea ' +
  'khk khm kik kin kir kmb kmr knc kon kor lao lij lim lin lit lmo ltg ltz lua lug luo lus lvs mag mai mal mar min mkd ' +
  'mlt mni mos mri mya nld nno nob npi nso nus nya oci ory pag pan pap pbt pes plt pol por prs quy ron run rus sag san ' +
  'sat scn shn sin slk slv smo sna snd som sot spa srd srp ssw sun swe swh szl tam taq tat tel tgk tgl tha tir tpi tsn ' +
  'tso tuk tum tur twi tzm uig ukr umb urd uzn vec vie war wol xho ydd yor yue zho zsm zul';

describe('languageFamily', () => {
  it.each([
    ['deu_Latn', 'Germanic'],
    ['pt-BR', 'Romance'],
    ['zh-Hant', 'Sino-Tibetan'],
    ['swh_Latn', 'Bantu'],
    ['Hebrew', 'Semitic'],
    ['fin', 'Uralic'],
    ['ur', 'Indo-Aryan'],
    ['pes_Arab', 'Iranian'],
    ['vie', 'Austroasiatic'],
    ['tha', 'Tai-Kadai'],
    ['eo', ''],
    ['no language', ''],
  ])('puts %s into %j', (label, family) => {
    expect(languageFamily(toLanguage(label).tag)).toBe(family);
  });

  it('knows all languages of FLORES-200 but Esperanto, four creoles and Sango', () => {
    const unknown = FLORES.split(' ').filter((code) => languageFamily(toLanguage(code).tag) === '');
    expect(unknown).toEqual(['epo', 'hat', 'kea', 'pap', 'sag', 'tpi']);
  });

  it('knows nine in ten of the languages that have a name', () => {
    const codes = [...LANGUAGE_NAMES.keys()];
    const known = codes.filter((code) => languageFamily(code) !== '');
    expect(known.length / codes.length).toBeGreaterThan(0.9);
  });

  it('lists every code once, and none without a name', () => {
    const source = readFileSync('src/core/language-families.ts', 'utf8');
    const codes = [...source.matchAll(/^[A-Z][^:*]+: ([a-z ]+)$/gm)].flatMap(([, own]) =>
      own.split(' '),
    );
    expect(codes.length).toBeGreaterThan(500);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    expect(codes.filter((code) => !LANGUAGE_NAMES.has(code))).toEqual([]);
  });
});

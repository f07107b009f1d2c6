import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageIdentifier } from '../../src/answers/identify-language.ts';
import { toLanguage } from '../../src/core/language.ts';

const FLORES = join(import.meta.dirname, '../../../shared/eval/flore200.json');
if (!existsSync(FLORES))
  console.warn(`SKIPPED: languages of real texts, since ${FLORES} does not exist.`);

function identifierOf(...labels: string[]) {
  return languageIdentifier(labels.map(toLanguage));
}

const GERMAN =
  'Die Hauptstadt des Landes liegt an einem breiten Fluss, über den mehrere alte Brücken führen.';
const ENGLISH =
  'The capital of the country lies on a wide river that several old bridges lead across.';

describe('languageIdentifier', () => {
  it('knows English beside the languages of its set', () => {
    const { identify, isInLanguage } = identifierOf('de', 'fr');
    expect(identify(GERMAN)?.tag).toBe('de');
    expect(identify(ENGLISH)?.tag).toBe('en');
    expect(isInLanguage(GERMAN, toLanguage('deu_Latn'))).toBe(true);
    expect(isInLanguage(ENGLISH, toLanguage('de'))).toBe(false);
  });

  it('judges by script alone where one language of the set has it', () => {
    const { identify, isInLanguage } = identifierOf('th', 'ar', 'en');
    expect(identify('กรุงเทพมหานครเป็นเมืองหลวง')?.tag).toBe('th');
    expect(isInLanguage('The Thai capital', toLanguage('th'))).toBe(false);
  });

  it('tells Japanese, Korean and Chinese by kana and hangul', () => {
    const { identify, isInLanguage } = identifierOf('ja', 'zh', 'ko');
    expect(identify('東京は日本の首都であり、大きな都市です')?.tag).toBe('ja');
    expect(identify('北京是中华人民共和国的首都')?.tag).toBe('zh');
    expect(identify('서울은 대한민국의 수도이다')?.tag).toBe('ko');
    expect(isInLanguage('北京是中华人民共和国的首都', toLanguage('ja'))).toBe(false);
    expect(isInLanguage('東京は日本の首都であり、大きな都市です', toLanguage('cn'))).toBe(false);
  });

  it('does not judge what is short, mixed, without letters or without a profile', () => {
    const { isInLanguage } = identifierOf('de', 'fr', 'is', 'zh');
    expect(isInLanguage('B. Paris', toLanguage('de'))).toBeNull();
    expect(isInLanguage('1914 – 1918 (42)', toLanguage('zh'))).toBeNull();
    expect(isInLanguage('', toLanguage('de'))).toBeNull();
    expect(isInLanguage('苹果公司的 iPhone 手机很好用的', toLanguage('zh'))).toBe(true);
    expect(isInLanguage('公司生产的手机 iPhone and iPad', toLanguage('zh'))).toBeNull();
    expect(isInLanguage(ENGLISH, toLanguage('is'))).toBeNull();
  });

  it('does not take one script of Chinese, or plain Norwegian, for another language', () => {
    const { isInLanguage } = identifierOf('zho_Hans', 'zho_Hant', 'no', 'en', 'fi');
    expect(isInLanguage('北京是中华人民共和国的首都', toLanguage('zho_Hant'))).toBe(true);
    const norwegian =
      'Hovedstaden ligger ved en bred elv, og flere gamle broer fører over til den andre siden av byen.';
    expect(isInLanguage(norwegian, toLanguage('nob_Latn'))).toBe(true);
  });

  it.runIf(existsSync(FLORES))(
    'is wrong about no text of FLORES-200 that it judges, and judges most',
    () => {
      const facts = Object.values(
        JSON.parse(readFileSync(FLORES, 'utf8')) as Record<string, Record<string, string>>,
      );
      const languages = Object.keys(facts[0]).map(toLanguage);
      const { isInLanguage } = languageIdentifier(languages);
      const verdicts = facts.flatMap((texts) =>
        languages.map((language) => isInLanguage(texts[language.label], language)),
      );
      expect(verdicts.filter((verdict) => verdict === false)).toHaveLength(0);
      expect(verdicts.filter((verdict) => verdict === true)).toHaveLength(8682);
    },
  );
});

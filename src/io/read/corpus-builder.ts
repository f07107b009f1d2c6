import type { Fact, ParallelCorpus, ReadChoices, SourceFile } from '../../core/corpus.ts';
import type { Issue } from '../../core/errors.ts';
import type { AlignedSheet } from './align-lines.ts';
import * as say from './assembly-issues.ts';
import type { Excess, Place } from './assembly-issues.ts';
import { LanguageRegister } from './language-register.ts';
import { columnOf, type Limits, type Sheet } from './sheet.ts';

interface Setting {
  choices: ReadChoices;
  limits: Limits;
  report: (finding: Issue) => void;
}

/** A language that a row has a text in, or a hole where the text is blank. */
interface Cell {
  language: number;
  text: string;
}

interface Rendering extends Cell {
  fact: number;
  place: Place;
}

/** Collects renderings from sheets; reports holes, second renderings, and what exceeds the limits. */
export class CorpusBuilder {
  readonly #report: (finding: Issue) => void;
  readonly #limits: Limits;
  readonly #register: LanguageRegister;
  readonly #facts: Fact[] = [];
  readonly #factById = new Map<string, number>();
  readonly #excess: Excess = { place: null, names: new Set() };
  readonly #renderings: Rendering[] = [];
  /** Index of the rendering, by language and then by fact. */
  readonly #taken: Map<number, number>[] = [];

  constructor({ choices, limits, report }: Setting) {
    this.#report = report;
    this.#limits = limits;
    this.#register = new LanguageRegister({ choices, limit: limits.languages, report });
  }

  /** Takes the rows [0, end) of a sheet. */
  add({ sheet, idOf, end }: AlignedSheet): void {
    const cellsOf = this.#cellReader(sheet);
    const topic = columnOf(sheet.roles, 'topic');
    for (let r = 0; r < end; r++) {
      const row = sheet.rows[r];
      const place = { sheet, line: sheet.lines[r] };
      if (row.every((cell) => cell.trim() === '')) {
        this.#noteBlank(place);
        continue;
      }
      const id = idOf(r);
      if (id === '') this.#report(say.namelessRow(place, 'fact id'));
      else
        this.#addRow(
          { id, topic: topic === -1 ? '' : row[topic].trim() },
          cellsOf(row, place),
          place,
        );
    }
  }

  /** What was collected. Files and languages without a rendering are left out. */
  corpus(sources: Map<string, SourceFile>): ParallelCorpus {
    for (const finding of say.tooMany('facts', this.#limits.facts, this.#excess))
      this.#report(finding);
    for (const finding of say.tooMany('languages', this.#limits.languages, this.#register.excess))
      this.#report(finding);
    const { languages } = this.#register;
    const names = [...new Set(this.#renderings.map(({ place }) => place.sheet.file))];
    const fileAt = new Map(names.map((name, i) => [name, i]));
    const kept = languages.flatMap((_, l) => (this.#taken[l]?.size > 0 ? [l] : []));
    const languageAt = new Map(kept.map((l, i) => [l, i]));
    const column = (of: (rendering: Rendering) => number | undefined): Int32Array =>
      Int32Array.from(this.#renderings, (rendering) => of(rendering) ?? -1);
    return {
      facts: this.#facts,
      languages: kept.map((l) => languages[l]),
      files: names.map((name) => sources.get(name) ?? { name, bytes: 0, sha256: '' }),
      renderings: {
        text: this.#renderings.map(({ text }) => text),
        fact: column(({ fact }) => fact),
        language: column(({ language }) => languageAt.get(language)),
        file: column(({ place }) => fileAt.get(place.sheet.file)),
        line: column(({ place }) => place.line),
      },
    };
  }

  /** Reads the cells of a sheet's rows; languages are taken up in the order of the columns. */
  #cellReader(sheet: Sheet): (row: string[], place: Place) => Cell[] {
    const columns = this.#textColumns(sheet);
    const label = columnOf(sheet.roles, 'language-label');
    const long = columnOf(sheet.roles, 'long-text');
    return (row, place) => {
      const cells = columns.map(({ column, language }) => ({ language, text: row[column] }));
      if (label === -1 || long === -1) return cells;
      const name = row[label].trim();
      if (name === '') this.#report(say.namelessRow(place, 'language'));
      const language = name === '' ? -1 : this.#register.indexOf(name, place);
      return language === -1 ? cells : [...cells, { language, text: row[long] }];
    };
  }

  /** Columns of texts; of two columns of one language the first. A column without any text takes up no language. */
  #textColumns(sheet: Sheet): { column: number; language: number }[] {
    const first = new Map<number, string>();
    return sheet.roles.flatMap((role, column) => {
      if (role.kind !== 'text' || sheet.rows.every((row) => row[column].trim() === '')) return [];
      const place = { sheet, line: 1 };
      const language = this.#register.indexOf(role.label, place);
      if (language === -1) return [];
      const twin = first.get(language);
      if (twin === undefined) first.set(language, sheet.columns[column]);
      else this.#report(say.secondColumn(place, sheet.columns[column], twin));
      return twin === undefined ? [{ column, language }] : [];
    });
  }

  #addRow(fact: Fact, cells: Cell[], place: Place): void {
    const filled = cells.filter(({ text }) => text.trim() !== '');
    if (filled.length < cells.length) this.#noteHoles(fact.id, cells, place);
    const index = filled.length === 0 ? -1 : this.#takeFact(fact, place);
    if (index === -1) return;
    const again = filled.filter((cell) => !this.#addRendering({ ...cell, fact: index, place }));
    if (again.length > 0) this.#noteAgain(index, again, place);
  }

  #takeFact(fact: Fact, place: Place): number {
    const known = this.#factById.get(fact.id);
    if (known !== undefined) {
      if (this.#facts[known].topic === '') this.#facts[known].topic = fact.topic;
      return known;
    }
    if (this.#facts.length >= this.#limits.facts) {
      say.noteExcess(this.#excess, fact.id, place);
      return -1;
    }
    this.#factById.set(fact.id, this.#facts.length);
    return this.#facts.push(fact) - 1;
  }

  /** False when the fact has a rendering in the language already. */
  #addRendering(rendering: Rendering): boolean {
    const taken = (this.#taken[rendering.language] ??= new Map<number, number>());
    if (taken.has(rendering.fact)) return false;
    taken.set(rendering.fact, this.#renderings.push(rendering) - 1);
    return true;
  }

  #noteBlank(place: Place): void {
    const [role] = place.sheet.roles;
    const lone = place.sheet.roles.length === 1 && role.kind === 'text';
    if (lone) this.#report(say.blankLine(place, role.label));
  }

  #noteHoles(id: string, cells: Cell[], place: Place): void {
    const empty = cells.filter(({ text }) => text.trim() === '');
    const labels = this.#labels(empty);
    this.#report(
      say.holes(place, id, {
        labels,
        everywhere: empty.length === cells.length && cells.length > 1,
      }),
    );
  }

  #noteAgain(fact: number, cells: Cell[], place: Place): void {
    const before = cells.map(
      ({ language }) => this.#renderings[this.#taken[language].get(fact) ?? 0],
    );
    const same = cells.every(({ text }, i) => text === before[i].text);
    const labels = this.#labels(cells);
    this.#report(
      say.secondRendering(place, this.#facts[fact].id, { labels, first: before[0].place, same }),
    );
  }

  #labels(cells: Cell[]): string[] {
    return cells.map(({ language }) => this.#register.languages[language].label);
  }
}

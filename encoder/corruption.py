"""Renderings made wrong in one place: negatives that differ from the truth by a number, a negation or a word."""

from pathlib import Path

import numpy as np
import sentencepiece

NEGATORS = {
    "ar": "لا لم لن ليس ليست غير",
    "bg": "не няма без",
    "cs": "ne není nikdy bez nemá",
    "da": "ikke aldrig ingen uden",
    "de": "nicht kein keine keinen nie ohne",
    "el": "δεν μην ποτέ χωρίς",
    "en": "not no never don't doesn't didn't isn't wasn't can't cannot without",
    "es": "no nunca sin ningún ninguna",
    "et": "ei mitte kunagi",
    "fa": "نیست نه هرگز بدون",
    "fi": "ei eivät en emme koskaan ilman",
    "fr": "ne pas jamais sans aucun aucune",
    "he": "לא אין אל בלי",
    "hi": "नहीं न मत बिना",
    "hr": "ne nije nikad bez nisu",
    "hu": "nem ne soha nincs nélkül",
    "id": "tidak bukan jangan belum tanpa",
    "it": "non mai senza nessun nessuna",
    "ja": "ない ません なかった",
    "ko": "않습니다 안 않는 없는 없습니다",
    "lt": "ne nėra niekada be",
    "nb": "ikke aldri ingen uten",
    "nl": "niet geen nooit zonder",
    "pl": "nie nigdy bez brak",
    "pt": "não nunca sem nenhum nenhuma",
    "ro": "nu niciodată fără",
    "ru": "не нет никогда без",
    "sv": "inte aldrig ingen utan",
    "sw": "si hakuna bila hapana",
    "th": "ไม่ ไม่มี",
    "tr": "değil yok hiç asla",
    "uk": "не немає ніколи без",
    "vi": "không chưa đừng",
    "zh": "不 没有 没 不是 未",
}
"""Frequent words that negate, by language."""


class Corruption:
    """Draws one change for a text: a number for a number, a negator out or in, a word for another, a word out."""

    def __init__(self, run: Path, languages: list[str], rng: np.random.Generator):
        tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(run / "sp.model"))
        pieces = [tokenizer.id_to_piece(i) for i in range(tokenizer.get_piece_size())]
        self.rng = rng
        self.begins = np.array([piece.startswith("▁") for piece in pieces])
        self.digits = np.array([piece.lstrip("▁").isdecimal() for piece in pieces])
        self.numbers = {begins: np.flatnonzero(self.digits & (self.begins == begins)) for begins in (False, True)}
        self.negators = {}
        for language, words in NEGATORS.items():
            forms = {tuple(tokenizer.encode(word)) for word in words.split()} | {(tokenizer.piece_to_id(w),) for w in words.split()}
            if language in languages:
                self.negators[languages.index(language)] = [list(form) for form in forms if 1 not in form]

    def word(self, tokens: list[int]) -> tuple[int, int]:
        """A span of pieces: a word where the script writes spaces, else one to three pieces."""
        at = int(self.rng.integers(len(tokens)))
        first, last = at, at + 1
        while first > 0 and not self.begins[tokens[first]] and at - first < 4:
            first -= 1
        while last < len(tokens) and not self.begins[tokens[last]] and last - at < 4:
            last += 1
        if last - first > 5:
            first, last = at, min(len(tokens), at + int(self.rng.integers(1, 4)))
        return first, last

    def number(self, tokens: list[int]) -> list[int] | None:
        places = [i for i, token in enumerate(tokens) if self.digits[token]]
        if not places:
            return None
        at = places[self.rng.integers(len(places))]
        others = self.numbers[bool(self.begins[tokens[at]])]
        return [*tokens[:at], int(others[self.rng.integers(len(others))]), *tokens[at + 1 :]]

    def negation(self, tokens: list[int], language: int) -> list[int] | None:
        negators = self.negators.get(language)
        if not negators:
            return None
        for form in negators:
            for at in range(len(tokens) - len(form) + 1):
                if tokens[at : at + len(form)] == form:
                    return [*tokens[:at], *tokens[at + len(form) :]]
        starts = [i for i in range(1, len(tokens)) if self.begins[tokens[i]]] or list(range(1, len(tokens)))
        at = starts[self.rng.integers(len(starts))] if starts else len(tokens)
        return [*tokens[:at], *negators[self.rng.integers(len(negators))], *tokens[at:]]

    def __call__(self, tokens: list[int], language: int, other: list[int]) -> list[int]:
        """`other` is a text of the same language, from which a foreign word is taken."""
        kind = self.rng.random()
        changed = None
        if kind < 0.4:
            changed = self.number(tokens)
        elif kind < 0.6:
            changed = self.negation(tokens, language)
        if not changed:
            first, last = self.word(tokens)
            begin, end = self.word(other)
            foreign = [] if kind > 0.92 and last - first < len(tokens) else other[begin:end]
            changed = [*tokens[:first], *foreign, *tokens[last:]]
        return changed

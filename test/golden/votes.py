"""CALM's vote and pairs, written again from the description of its code, on made-up samples in its format.

  python3 test/golden/votes.py make FOLDER [QUESTIONS [SEED]]   writes x_csqa_<label>_train_sampled.json
  python3 test/golden/votes.py check FOLDER OUT [--order ja,cn,fr,it,de,en] [--voters en] [--truth] [--sft]
                                                                 OUT is what `isogloss pairs FOLDER --mode calm` wrote
  python3 test/golden/votes.py winners FOLDER OUT [--order ...]  OUT is what `isogloss vote FOLDER --mode calm` wrote

The samples hold what such files hold: explanations with and without markers, markers twice, full-width colons, letters in
brackets, letters alone, lower-case letters and signs alone, refusals, empty answers, answers that echo an option, text from
right to left. The texts of options have no markers behind them, so that the rows can be compared byte by byte; only the
translation of explanations is left out here, as there.
"""

import csv
import json
import math
import random
import sys
from collections import Counter
from pathlib import Path

LABELS = ["en", "cn", "fr", "de", "it", "ja"]
# Order in which CALM's code cuts explanations out.
CHAIN = ["en", "cn", "fr", "it", "de", "ja"]
EXPLANATION = {"en": "Explanation:", "cn": "解释:", "fr": "Explication:", "it": "Spiegazione:", "de": "Erklärung:", "ja": "説明:"}
ANSWER = {"en": ["Answer:"], "cn": ["答案:", "答案："], "fr": ["Réponse:", "Réponse :"], "it": ["Risposta:"], "de": ["Antwort:"], "ja": ["答え:", "答え："]}
WORDS = {
    "en": "river school town boat bread mountain hospital garden".split(),
    "cn": "河 学校 城镇 船 面包 山 医院 花园".split(),
    "fr": "rivière école ville bateau pain montagne hôpital jardin".split(),
    "de": "Fluss Schule Stadt Boot Brot Berg Krankenhaus Garten".split(),
    "it": "fiume scuola città barca pane montagna ospedale giardino".split(),
    "ja": "川 学校 町 船 パン 山 病院 庭".split(),
}
LETTERS = "ABCDE"


def make(folder, questions, seed):
    rng = random.Random(seed)
    files = {label: [] for label in LABELS}
    for _ in range(questions):
        gold = rng.choice(LETTERS)
        # Some questions are easy, some split all languages.
        ease = rng.choice([0.95, 0.6, 0.3])
        picks = rng.sample(range(8), 5)
        for label in LABELS:
            options = [WORDS[label][p] for p in picks]
            lines = [f"{letter}. {text}" for letter, text in zip(LETTERS, options)]
            stem = " ".join(rng.choices(WORDS[label], k=rng.randint(3, 9))) + "?"
            preds = [sample(rng, label, gold if rng.random() < ease else rng.choice(LETTERS), options) for _ in range(3)]
            files[label].append(
                {"instruction": f"Think step by step. [{label}]", "input": "\n".join([stem, *lines]), "output": gold, "pred": preds}
            )
    folder.mkdir(parents=True, exist_ok=True)
    for label, rows in files.items():
        (folder / f"x_csqa_{label}_train_sampled.json").write_text(json.dumps(rows, ensure_ascii=False, indent=2), encoding="utf-8")


def sample(rng, label, letter, options):
    words = " ".join(rng.choices(WORDS[label], k=rng.randint(1, 12)))
    text = options[LETTERS.index(letter)]
    marker, explanation = rng.choice(ANSWER[label]), EXPLANATION[label]
    kind = rng.random()
    if kind < 0.5:
        return f"{explanation} {words}.\n\n{marker} {letter}. {text}"
    if kind < 0.58:
        return f"{explanation}\n{words}\n{marker}{letter}"
    if kind < 0.66:
        return f"{words}\n\n{marker} ({letter}) {text}\n\n{words}"
    if kind < 0.72:
        return f"{explanation} {words} {marker} {rng.choice(LETTERS)}\n{explanation} {words}\n{marker}<{letter}. {text}>"
    if kind < 0.76:
        return f"  {marker}\u3000{letter}\t"
    if kind < 0.80:
        return f"{EXPLANATION['en']} {words}\nAnswer: {letter}. {text}"
    if kind < 0.84:
        return rng.choice(["", " \n", "I cannot answer this question.", "わかりません", "Désolé, je ne sais pas.", "لا أعرف"])
    if kind < 0.88:
        return f"{marker} {rng.choice(['b', '?', '무', 'F', '😀', 'é', '1'])}"
    if kind < 0.92:
        return f"{explanation} {words}\n{marker} {letter.lower()}. {text}"
    if kind < 0.96:
        return f"{letter}. {text} \"{words}\" \\ \u0007\u2028 שלום"
    return f"{words} {letter}"


def key_of(text, label):
    rest = text
    for marker in ANSWER[label]:
        rest = rest.split(marker)[-1].strip()
    if len(rest) == 0:
        return None
    if len(rest) == 1:
        return rest
    if rest[1] in LETTERS:
        return rest[1]
    return rest[0] if rest[0] in LETTERS else None


def explanation_of(text):
    for label in CHAIN:
        text = text.split(EXPLANATION[label])[-1].strip().split(ANSWER[label][0])[0].strip()
    return text


def option_of(question, letter):
    if letter not in LETTERS:
        return letter
    line = next(line for line in question.split("\n") if line.startswith(f"{letter}. "))
    return line.strip()


def pairs_of(files, order, voters, truth):
    rows = {label: [] for label in order}
    winners, ties = [], 0
    parsed = {l: [[(key_of(p, l), p) for p in item["pred"]] for item in files[l]] for l in order}
    parsed = {l: [[kp for kp in item if kp[0] is not None] for item in items] for l, items in parsed.items()}
    for q in range(len(files[order[0]])):
        pool = [kp for l in order if l in voters for kp in parsed[l][q]]
        counts = {}
        for key, _ in pool:
            counts[key] = counts.get(key, 0) + 1
        winner = max(counts, key=counts.get) if counts else None
        if counts and sorted(counts.values())[-2:].count(max(counts.values())) == 2:
            ties += 1
        winners.append((winner, sum(counts.values())))
        example = None if winner is None else next(p for k, p in reversed(pool) if k == winner)
        if truth:
            gold = files["en"][q]["output"]
            right = [p for k, p in parsed["en"][q] if k == gold]
            winner, example = (gold, right[0]) if right else (None, None)
        if winner is None:
            continue
        for l in order:
            for key, text in parsed[l][q]:
                if key == winner:
                    continue
                item = files[l][q]
                rows[l].append(
                    {
                        "instruction": item["instruction"],
                        "input": item["input"],
                        "chosen": f"{EXPLANATION[l]} {explanation_of(example)}\n{ANSWER[l][0]}{option_of(item['input'], winner)}",
                        "rejected": text,
                    }
                )
    return rows, winners, ties


def check(folder, out, order, voters, truth, sft):
    files = {l: json.loads((folder / f"x_csqa_{l}_train_sampled.json").read_text(encoding="utf-8")) for l in LABELS}
    rows, winners, ties = pairs_of(files, order, voters, truth)
    answers = sum(len(item["pred"]) for l in order for item in files[l])
    print(f"{answers} answers, {len(winners)} questions, {ties} ties, {sum(map(len, rows.values()))} pairs")
    wrong = 0
    for label in order:
        if sft:
            rows[label] = [{"instruction": r["instruction"], "input": r["input"], "output": r["chosen"]} for r in rows[label]]
        expected = json.dumps(rows[label], ensure_ascii=False, indent=4)
        path = out / (f"sft_{label}.json" if sft else f"DPO_{label}.json")
        written = path.read_text(encoding="utf-8") if path.exists() else "[]"
        same = written == expected
        wrong += not same
        print(f"{path.name}: {len(rows[label])} rows, {'the same byte by byte' if same else 'DIFFERENT'}")
        if not same:
            for i, (a, b) in enumerate(zip(rows[label], json.loads(written))):
                if a != b:
                    print(i, json.dumps(a, ensure_ascii=False), json.dumps(b, ensure_ascii=False), sep="\n")
                    break
    return wrong


def winners_of(folder, out, order, voters):
    """Winner, votes, share and entropy of every question, and how often the vote and each language are right."""
    files = {l: json.loads((folder / f"x_csqa_{l}_train_sampled.json").read_text(encoding="utf-8")) for l in LABELS}
    _, winners, ties = pairs_of(files, order, voters, False)
    with open(out / "votes.csv", encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    plain = lambda cell: cell.lstrip("'")
    wrong = sum(
        (winner or "", votes) != (plain(row["winner"]), int(row["valid"])) for (winner, votes), row in zip(winners, written)
    )
    wrong += abs(len(winners) - len(written)) + abs(ties - sum(int(row["tie"]) for row in written))
    for q, row in enumerate(written):
        counts = Counter(k for l in order if l in voters for k in (key_of(p, l) for p in files[l][q]["pred"]) if k)
        total = sum(counts.values())
        entropy = -sum(n / total * math.log2(n / total) for n in counts.values()) if total else float("nan")
        top = sorted(counts.values(), reverse=True) + [0, 0]
        expected = [top[0] / total, (top[0] - top[1]) / total, entropy] if total else []
        cells = [row["share"], row["margin"], row["entropy_bits"]] if total else []
        wrong += any(abs(float(cell) - value) > 1e-12 for cell, value in zip(cells, expected))
    gold = [item["output"] for item in files[order[0]]]
    right = sum(winner == g for (winner, _), g in zip(winners, gold))
    alone = {}
    for l in order:
        votes = [[k for k in (key_of(p, l) for p in item["pred"]) if k] for item in files[l]]
        alone[l] = sum(bool(keys) and max(dict.fromkeys(keys), key=keys.count) == g for keys, g in zip(votes, gold))
    with open(out / "curves.csv", encoding="utf-8", newline="") as file:
        curves = list(csv.DictReader(file))
    found = {row["language"]: int(row["right"]) for row in curves if row["curve"] == "language_accuracy"}
    found_vote = [int(row["right"]) for row in curves if row["curve"] == "vote_accuracy"]
    wrong += found_vote != [right]
    wrong += found != alone
    for row in curves:
        if row["curve"] != "purity_yield":
            continue
        share = [float(line["share"] or "nan") for line in written]
        kept = [q for q in range(len(gold)) if share[q] >= float(row["from"]) - 1e-9]
        hits = sum(winners[q][0] == gold[q] for q in kept)
        wrong += (len(kept), hits) != (int(row["questions"]), int(row["right"]))
    print(f"{len(winners)} questions, {ties} ties, {right} right by vote, alone {alone}; {wrong} differences")
    return wrong


def main():
    command, folder, *rest = sys.argv[1:]
    if command == "make":
        make(Path(folder), int(rest[0]) if rest else 3000, int(rest[1]) if len(rest) > 1 else 1)
        return 0
    value = lambda name, default: rest[rest.index(name) + 1] if name in rest else default
    order = value("--order", "ja,cn,fr,it,de,en").split(",")
    voters = value("--voters", ",".join(order)).split(",")
    if command == "winners":
        return winners_of(Path(folder), Path(rest[0]), order, voters)
    return check(Path(folder), Path(rest[0]), order, voters, "--truth" in rest, "--sft" in rest)


if __name__ == "__main__":
    sys.exit(main())

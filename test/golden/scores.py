"""Scores of answers from another implementation (NumPy, SciPy, scikit-learn). Rerun by hand:

  python3 test/golden/scores.py chrf > test/golden/chrf.json
  python3 test/golden/scores.py make DIR      # 50,000 answers in CLiKA's layout, 1,800 free answers
  npx isogloss score DIR --out OUT --compare m0,m1
  python3 test/golden/scores.py check DIR OUT
"""

import csv
import json
import re
import sys
from collections import Counter
from itertools import combinations
from math import comb, log2
from pathlib import Path

import numpy as np
from scipy.stats import binomtest, spearmanr
from sklearn.metrics import cohen_kappa_score

LANGUAGES = ["en", "de", "fr", "ar", "zh"]
TASKS = {"x_csqa": (5, 0.746, 1000), "x_geo": (4, 0.97, 1000)}
MODELS = [f"m{k}" for k in range(5)]
LETTERS = "ABCDE"


def chrf(answer, truth, order=6, beta=2):
    """sacrebleu's sentence chrF2: spaces out, effective order, no smoothing; in [0, 1]."""
    answer, truth = "".join(answer.split()), "".join(truth.split())
    precisions, recalls = [], []
    for n in range(1, order + 1):
        a = Counter(answer[i : i + n] for i in range(len(answer) - n + 1))
        t = Counter(truth[i : i + n] for i in range(len(truth) - n + 1))
        if a and t:
            common = sum((a & t).values())
            precisions.append(common / sum(a.values()))
            recalls.append(common / sum(t.values()))
    p, r = (np.mean(precisions), np.mean(recalls)) if precisions else (0.0, 0.0)
    return float((1 + beta**2) * p * r / (beta**2 * p + r)) if p + r > 0 else 0.0


PAIRS = [
    ("The cat sat on the mat.", "The cat is on the mat."),
    ("Париж — столица Франции", "Париж"),
    ("北京是中国的首都", "北京"),
    ("القاهرة", "القاهره"),
    ("I do not know", "Reykjavík"),
    ("aaaaab", "aaab"),
    ("  spaced \t out\nwords ", "spacedoutwords"),
    ("😀😀 yes", "😀 yes"),
    ("ab", "abcdefgh"),
]


def make(folder):
    rng = np.random.default_rng(7)
    for task, (options, _, questions) in TASKS.items():
        gold = rng.integers(0, options, questions)
        trap = rng.integers(0, options, questions)
        hardness = rng.normal(size=questions)
        for m, model in enumerate(MODELS):
            for l, language in enumerate(LANGUAGES):
                path = folder / task / language / f"{model}_res.jsonl"
                path.parent.mkdir(parents=True, exist_ok=True)
                knows = hardness + 0.5 * rng.normal(size=questions) < 1.2 - 0.3 * m - 0.2 * l
                with path.open("w", encoding="utf-8") as file:
                    for q in range(questions):
                        wrong = trap[q] if rng.random() < 0.4 else rng.integers(0, options)
                        choice = LETTERS[gold[q] if knows[q] else wrong]
                        row = {"id": f"q{q}", "input": f"Question {q}?", "res": styled(choice, rng)}
                        row |= {"label": LETTERS[gold[q]], "uuid": str(q)}
                        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    names = [chr(65 + i) + "".join(rng.choice(list("aeioun"), 6)) for i in range(26)]
    with (folder / "free.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "lang", "model", "answer", "gold"])
        for q in range(300):
            truth = [names[rng.integers(26)] + " " + names[rng.integers(26)] for _ in range(2)]
            for language in LANGUAGES[:3]:
                for model in MODELS[:2]:
                    said = truth[rng.integers(2)] if rng.random() < 0.6 else names[rng.integers(26)]
                    text = said if rng.random() < 0.5 else f"It is {said.upper()}, I think."
                    out.writerow([f"f{q}", language, model, text, "|".join(truth)])


def styled(letter, rng):
    forms = [letter] * 12 + [f"{letter}. text", f"({letter})", f"Answer:{letter}.", f"**{letter}**"]
    forms += ["Based on the context", "Das ist so", "", f" \n{letter})", "F", f"{letter}\n\nAnswer: A"]
    return forms[rng.integers(len(forms))]


def strict(text):
    return text.strip()[:1]


def robust(text):
    text = re.sub(r"^Answer:", "", text.strip()).lstrip("(*")
    return text[0] if re.match(r"[A-Z](?:$|[\s.)*])", text) else ""


def read(folder):
    table = {}
    for path in sorted(folder.glob("*/*/*_res.jsonl")):
        key = (path.parts[-3], path.name.removesuffix("_res.jsonl"), path.parts[-2])
        table[key] = [json.loads(line) for line in path.open(encoding="utf-8")]
    return table


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Checker:
    def __init__(self):
        self.count, self.worst = 0, 0.0

    def same(self, got, want, what, tolerance=1e-9):
        got = float("nan") if got == "" else float(got)
        if np.isnan(got) and np.isnan(want):
            self.count += 1
            return
        error = abs(got - want)
        assert error <= tolerance, f"{what}: {got} but {want}"
        self.count, self.worst = self.count + 1, max(self.worst, error)


def check(folder, out):
    checker = Checker()
    table = read(folder)
    choices = {key: np.array([strict(row["res"]) for row in rows]) for key, rows in table.items()}
    golds = {key: np.array([row["label"] for row in rows]) for key, rows in table.items()}
    right = {key: choices[key] == golds[key] for key in table}
    check_scores(checker, out, table, choices, right)
    check_pairs(checker, out, table, choices, right)
    check_tasks(checker, out, table, choices, right)
    check_mcnemar(checker, out, right)
    check_text(checker, folder, out)
    answers = sum(map(len, table.values()))
    print(f"{answers:,} answers, {checker.count:,} numbers, largest error {checker.worst:.1e}")


def check_scores(checker, out, table, choices, right):
    for row in rows_of(out / "scores.csv"):
        key = (row["task"], row["model"], row["language"])
        if key not in table:
            continue
        options, reference, _ = TASKS[row["task"]]
        valid = np.isin(choices[key], list(LETTERS[:options]))
        hits, n = int(right[key].sum()), len(right[key])
        wilson = binomtest(hits, n).proportion_ci(method="wilson")
        raw = (hits / n - 1 / options) / (reference - 1 / options)
        counts = np.array(list(Counter(choices[key][valid]).values())) / valid.sum()
        differ = sum(
            (s if s in LETTERS[:options] else "") != (r if r in LETTERS[:options] else "")
            for s, r in ((strict(a["res"]), robust(a["res"])) for a in table[key])
        )
        wanted = {
            "n": n, "accuracy": hits / n, "accuracy_low": wilson.low, "accuracy_high": wilson.high,
            "invalid": 1 - valid.mean(), "ra": max(0, raw), "ra_unfloored": raw, "right": hits,
            "top_share": counts.max(), "entropy_bits": -sum(p * log2(p) for p in counts),
            "parsers_differ": differ,
        }  # fmt: skip
        for name, value in wanted.items():
            checker.same(row[name], value, (key, name))


def check_pairs(checker, out, table, choices, right):
    for row in rows_of(out / "language-pairs.csv"):
        a, b = ((row["task"], row["model"], row[side]) for side in ("from", "to"))
        if a not in table:
            continue
        valid = list(LETTERS[: TASKS[row["task"]][0]])
        x, y = right[a], right[b]
        p, q, both = x.mean(), y.mean(), (x & y).sum()
        co, independent, most = both / (x | y).sum(), p * q / (p + q - p * q), min(p, q) / max(p, q)
        shared = np.isin(choices[a], valid) & np.isin(choices[b], valid)
        wanted = {
            "co": co, "co_independent": independent, "co_max": most,
            "co_star": (co - independent) / (most - independent), "n_valid": shared.sum(),
            "agreement": (choices[a] == choices[b])[shared].mean(),
            "kappa": cohen_kappa_score(choices[a][shared], choices[b][shared]),
            "transfer": both / x.sum(), "lift": both / x.sum() / q,
            "asymmetry": both / x.sum() - both / y.sum(),
        }  # fmt: skip
        for name, value in wanted.items():
            checker.same(row[name], value, (a, b, name))


def check_tasks(checker, out, table, choices, right):
    for row in rows_of(out / "tasks.csv"):
        keys = [(row["task"], row["model"], language) for language in LANGUAGES]
        if keys[0] not in table:
            continue
        options = TASKS[row["task"]][0]
        ra = np.array([max(0, right[key].mean() - 1 / options) for key in keys])
        gini = np.abs(ra[:, None] - ra).sum() / (2 * len(ra) ** 2 * ra.mean())
        letters = np.array([choices[key] for key in keys])
        correct = np.array([right[key] for key in keys])
        order = sorted(range(len(keys)), key=lambda k: place(out, keys[k][2]))
        wanted = {
            "dd": ra.mean() / ra.max(), "gini": gini, "worst_over_best": ra.min() / ra.max(),
            "oracle": correct.any(axis=0).mean(), "islands": (correct.sum(axis=0) == 1).sum(),
            "calm_consistency": subsets(letters, options, 2),
            "consistency_2": subsets(letters, options, 2),
            "consistency_3": subsets(letters, options, 3),
            "vote": vote(letters[order], table[keys[0]], options),
        }  # fmt: skip
        for name, value in wanted.items():
            checker.same(row[name], value, (keys[0][:2], name))


def place(out, language):
    labels = [entry["label"] for entry in json.loads((out / "scorecard.json").read_text())["languages"]]
    return labels.index(language)


def subsets(letters, options, size):
    values = []
    for column in letters.T:
        valid = [letter for letter in column if letter in list(LETTERS[:options])]
        same = sum(len(set(some)) == 1 for some in combinations(valid, size))
        values.append(same / comb(len(valid), size) if len(valid) >= size else 0)
    return np.mean(values)


def vote(letters, rows, options):
    hits = 0
    for column, row in zip(letters.T, rows):
        counts = Counter(letter for letter in column if letter in list(LETTERS[:options]))
        hits += bool(counts) and max(counts, key=counts.get) == row["label"]
    return hits / len(rows)


def check_mcnemar(checker, out, right):
    rows = rows_of(out / "mcnemar.csv")
    for task in TASKS:
        own = [row for row in rows if row["task"] == task]
        p = []
        for row in own:
            x, y = right[task, "m0", row["language"]], right[task, "m1", row["language"]]
            first, second = int((x & ~y).sum()), int((y & ~x).sum())
            p.append(binomtest(first, first + second).pvalue)
            checker.same(row["difference"], y.mean() - x.mean(), (task, row["language"]))
        for row, one, adjusted in zip(own, p, benjamini_hochberg(p)):
            checker.same(row["p"], one, (task, row["language"], "p"))
            checker.same(row["p_adjusted"], adjusted, (task, row["language"], "adjusted"))


def benjamini_hochberg(p):
    order = np.argsort(p)
    scaled = np.array(p)[order] * len(p) / np.arange(1, len(p) + 1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1)
    return adjusted


def check_text(checker, folder, out):
    answers = rows_of(folder / "free.csv")
    found = [row for row in rows_of(out / "free-text.csv") if row["task"] not in TASKS]
    for row in found:
        own = [a for a in answers if a["model"] == row["model"]]
        best, timely, score, hits = {}, {}, [], []
        for a in own:
            truths = a["gold"].split("|")
            lower = [chrf(a["answer"].lower(), truth.lower()) for truth in truths]
            best.setdefault(a["lang"], []).append(max(lower))
            timely.setdefault(a["lang"], []).append(max(lower) / (int(np.argmax(lower)) + 1))
            if a["lang"] == row["language"]:
                score.append(max(chrf(a["answer"], truth) for truth in truths))
                hits.append(any(truth.lower() in a["answer"].lower() for truth in truths))
        rho = lambda series: np.mean(
            [spearmanr(series[x], series[y])[0] for x, y in combinations(series, 2)]
        )
        wanted = {"n": len(score), "chrf": np.mean(score), "contains": np.mean(hits)}
        wanted |= {"xac": rho(best), "xtc": rho(timely)}
        for name, value in wanted.items():
            checker.same(row[name], value, (row["model"], row["language"], name))
    assert len(found) == 6, f"{len(found)} rows of free text, not 6"


if __name__ == "__main__":
    command, *paths = sys.argv[1:]
    if command == "chrf":
        rows = [{"answer": a, "truth": t, "score": chrf(a, t)} for a, t in PAIRS]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        {"make": make, "check": check}[command](*map(Path, paths))

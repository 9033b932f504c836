#!/usr/bin/env python3
"""Fits the model of the extractor and measures it out of fold; docs/extraction.md tells more.

    extract_fit.py TOOL WORK TABLES CORPUS...

TOOL is the program of `cargo bench --bench extract_fit`, WORK a folder for what it measures, TABLES the folder that
gets forest.txt and flat.txt (assets/extract), each CORPUS a folder with ground_truth.json and the pages it names.
WORK/<corpus>.json are predictions for pages of sites that the model which made them had not seen; -learnt.json the same
with what the pages of a site have in common known.

Needs numpy and lightgbm.
"""
import collections
import gzip
import hashlib
import html
import json
import os
import pathlib
import random
import re
import subprocess
import sys

import lightgbm
import numpy

FOLDS = 5
ROUNDS = 160
FLAT_ROUNDS = 50
SETTINGS = dict(objective="binary", learning_rate=0.06, num_leaves=24, min_data_in_leaf=40, feature_fraction=0.4,
                bagging_fraction=0.7, bagging_freq=1, lambda_l2=4, max_bin=127, verbose=-1, num_threads=1,
                deterministic=True)
FLAT_SETTINGS = dict(SETTINGS, num_leaves=12, min_data_in_leaf=100)
# Trees of so many seeds vote: a page more or less in the corpus then changes little.
SEEDS = (1, 2)
SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
TOKEN = re.compile(f"[{SIGNS}]|[^\\W{SIGNS}]+")


class Page:
    def __init__(self, corpus, key, truth, text):
        self.corpus, self.key, self.truth = corpus, key, truth
        found = re.search(r'(?:rel=["\']?canonical["\']?[^>]*href|property=["\']og:url["\'][^>]*content)=["\']'
                          r'https?://(?:www\.)?([^/"\']+)', text)
        self.site = truth.get("site") or (found[1] if found else key)
        self.fold = int(hashlib.md5(self.site.encode()).hexdigest(), 16) % FOLDS


def unpack(corpora, work):
    """Writes all pages as files; gives the pages by their paths."""
    pages = {}
    for corpus in corpora:
        truths = json.load(open(corpus / "ground_truth.json", encoding="utf-8"))["pages"]
        for key, truth in truths.items():
            data = gzip.open(corpus / truth["file"]).read()
            path = work / "pages" / corpus.name / f"{key}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            if truth.get("text"):
                pages[str(path)] = Page(corpus.name, key, truth, data.decode("utf-8", "replace"))
    return pages


def measure(tool, paths, out):
    """Gives the names of the numbers, the numbers of all blocks, and (path, first, end, texts) for each page."""
    subprocess.run([tool, "measure", out], input="\n".join(paths), text=True, check=True)
    names = json.load(open(f"{out}.names.json"))
    numbers = numpy.fromfile(f"{out}.f32", dtype="<f4").reshape(-1, len(names))
    at, rows = 0, []
    for line in open(f"{out}.jsonl", encoding="utf-8"):
        page = json.loads(line)
        rows.append((page["path"], at, at + len(page["texts"]), page["texts"]))
        at += len(page["texts"])
    return names, numbers, rows


def flatten(rows, work, source):
    """Writes each page as lines without structure; gives the paths."""
    pick = random.Random(1)
    paths = []
    for path, _, _, texts in rows:
        title = re.search(r"<title[^>]*>(.*?)</title>", source(path), re.S | re.I)
        lines = [html.escape(line) for text in texts for line in text.split("\n")]
        tag = pick.choice(["p", "div", "br"])
        body = "\n<br><br>\n".join(lines) if tag == "br" else "\n".join(f"<{tag}>{line}</{tag}>" for line in lines)
        flat = work / "flat" / path.replace(str(work / "pages") + os.sep, "")
        flat.parent.mkdir(parents=True, exist_ok=True)
        flat.write_text(f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title[1] if title else ''}</title></head>"
                        f"<body>\n{body}\n</body></html>", encoding="utf-8")
        paths.append(str(flat))
    return paths


def runs(tokens):
    return [tuple(tokens[i:i + 4]) for i in range(max(1, len(tokens) - 3))]


def labels(texts, truth):
    """1 for a block of the article, 0 for another, None where the truth leaves it open; with the block's tokens."""
    left = collections.Counter(runs(TOKEN.findall(truth["text"])))
    lines = {" ".join(TOKEN.findall(line)) for line in truth["text"].split("\n") if line.strip()}
    free = {run for text in truth.get("optional", ()) for run in runs(TOKEN.findall(text))}
    found = []
    for text in texts:
        tokens = TOKEN.findall(text)
        if len(tokens) < 4:
            found.append((int(bool(tokens) and " ".join(tokens) in lines), len(tokens)))
            continue
        own = runs(tokens)
        share = sum(left[run] > 0 for run in own) / len(own)
        if share >= 0.5:
            left.subtract(run for run in own if left[run] > 0)
            found.append((1, len(tokens)))
        elif sum(run in free for run in own) > len(own) / 2:
            found.append((None, len(tokens)))
        else:
            found.append((0, len(tokens)))
    return found


def teach(rows, pages):
    """Labels, weights and folds of all blocks; a block without a label has weight 0."""
    count = rows[-1][2]
    label, weight, fold = numpy.zeros(count), numpy.zeros(count), numpy.zeros(count, int)
    for path, first, end, texts in rows:
        page = pages[path]
        fold[first:end] = page.fold
        known = labels(texts, page.truth)
        # Long blocks weigh more, all pages the same, and news most: they are what is read here.
        size = [0 if kind is None else min(tokens, 400) ** 0.5 + 1 for kind, tokens in known]
        scale = (3 if page.truth.get("news") else 1) * (0.7 if page.corpus == "train" else 1) * 20 / (sum(size) or 1)
        for at, ((kind, _), own) in enumerate(zip(known, size)):
            label[first + at], weight[first + at] = kind or 0, own * scale
    return label, weight, fold


def train(numbers, label, weight, chosen, settings, rounds):
    """Gives a model for each seed."""
    chosen = chosen & (weight > 0)
    return [lightgbm.train(dict(settings, seed=seed),
                           lightgbm.Dataset(numbers[chosen], label[chosen], weight=weight[chosen]), rounds)
            for seed in SEEDS]


def number(value, digits):
    text = f"{value:.{digits}g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def write_table(models, names, path):
    """Writes the trees of all models as src/extract/forest.rs reads them; each model has one vote."""
    def walk(node, out):
        if "leaf_value" in node:
            out.append("=" + number(node["leaf_value"] / len(models), 4))
            return
        assert node["decision_type"] == "<="
        out.append(f"{node['split_feature']}<{number(node['threshold'], 7)}")
        walk(node["left_child"], out)
        walk(node["right_child"], out)
    lines = ["; ".join(names)]
    for tree in (tree for model in models for tree in model.dump_model()["tree_info"]):
        out = []
        walk(tree["tree_structure"], out)
        lines.append(" ".join(out))
    pathlib.Path(path).write_text("\n".join(lines) + "\n")


def main():
    tool, work, tables = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
    pages = unpack([pathlib.Path(corpus) for corpus in sys.argv[4:]], work)
    names, numbers, rows = measure(tool, list(pages), str(work / "pages.measured"))
    label, weight, fold = teach(rows, pages)
    for at in range(FOLDS):
        models = train(numbers, label, weight, fold != at, SETTINGS, ROUNDS)
        write_table(models, names, work / f"fold{at}.txt")
    write_table(train(numbers, label, weight, fold >= 0, SETTINGS, ROUNDS), names, tables / "forest.txt")

    flat = flatten(rows, work, lambda path: open(path, encoding="utf-8", errors="replace").read())
    flat_pages = {path: pages[path.replace(f"{os.sep}flat{os.sep}", f"{os.sep}pages{os.sep}")] for path in flat}
    names, numbers, rows = measure(tool, flat, str(work / "flat.measured"))
    label, weight, fold = teach(rows, flat_pages)
    write_table(train(numbers, label, weight, fold >= 0, FLAT_SETTINGS, FLAT_ROUNDS), names, tables / "flat.txt")
    predict(tool, work, pages, "extract", "")
    predict(tool, work, pages, "learn", "-learnt")


def predict(tool, work, pages, command, suffix):
    """Extracts each page by the model of its fold."""
    lines = "\n".join(f"{work}/fold{page.fold}.txt {path}" for path, page in pages.items())
    run = subprocess.run([tool, command], input=lines, text=True, stdout=subprocess.PIPE, check=True)
    found = collections.defaultdict(dict)
    for line in run.stdout.splitlines():
        article = json.loads(line)
        page = pages[article["file"]]
        found[page.corpus][page.key] = article
    for corpus, articles in found.items():
        (work / f"{corpus}{suffix}.json").write_text(json.dumps(articles))


main()

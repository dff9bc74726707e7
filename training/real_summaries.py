# SPDX-License-Identifier: GPL-3.0-or-later
"""Which sentences of real documents a summary should keep: those that together are most like the summary a person wrote.

Dialogues with notes (MTS-Dialog, ACI-Bench) and terms of service with plain summaries. A sentence is chosen greedily as
long as the F-measure of shared words and word pairs with the person's summary grows. Kind: `key_sentence`.
"""

import re
from collections import Counter

import real_data
import shared_data
from page_text import fold, is_word_end, is_word_start
from real_documents import RealDocument, rough_tokens

SOURCES = [("mts_dialog", "clinical/mts_dialog.jsonl"), ("aci_bench", "clinical/aci_bench.jsonl"), ("legal_summaries", "business/legal_summaries.jsonl")]
WINDOW = 220
_SENTENCE = re.compile(r"[^\s][^\n]*?(?:[.?!](?=[ \n]|$)|(?=\n|$))")
_SMALL = set("a an the is are was were to of and in on for with at by it this that you your i he she they his her we our as be been has have had do does did not no or if so".split())


def sentences(text):
    """Spans of the sentences; a line break ends one too."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def _grams(text):
    words = re.findall(r"[a-z0-9]+", text.lower())
    return Counter([word for word in words if word not in _SMALL] + list(zip(words, words[1:])))


def _f(chosen, wanted):
    shared = sum((chosen & wanted).values())
    return 2 * shared / max(sum(chosen.values()) + sum(wanted.values()), 1)


def best_sentences(text, summary, most=12):
    """Spans of the sentences that are chosen, in order."""
    wanted, spans = _grams(summary), sentences(text)
    grams = [_grams(text[begin:end]) for begin, end in spans]
    chosen, total, score = set(), Counter(), 0.0
    while len(chosen) < most:
        tried = [(_f(total + grams[index], wanted), -index) for index in range(len(spans)) if index not in chosen]
        if not tried or max(tried)[0] <= score + 0.005:
            break
        score, index = max(tried)
        chosen.add(-index)
        total += grams[-index]
    return [spans[index] for index in sorted(chosen)]


def load(root, split):
    """Windows of the documents of a split; in the long ones most hold no or one chosen sentence."""
    documents = []
    for source, path in SOURCES:
        known = real_data.splits(root / path) if (root / path).is_file() else {}
        for row in shared_data.read_jsonl(root / path):
            if known[row["id"]] != split:
                continue
            text = fold(row["text"])
            chosen = set(best_sentences(text, row["gold"]["summary"]))
            begin, size, spans = 0, 0, sentences(text)
            for index, span in enumerate(spans):
                size += rough_tokens(text[span[0] : span[1]]) + 1
                if size < WINDOW and index + 1 < len(spans):
                    continue
                piece = text[spans[begin][0] : span[1]]
                shift = spans[begin][0]
                records = [{"value": (a - shift, b - shift)} for a, b in spans[begin : index + 1] if (a, b) in chosen and is_word_start(piece, a - shift) and is_word_end(piece, b - shift)]
                documents.append(RealDocument(source, row["id"], piece, "summary.sentences", records, frozenset(["value"])))
                begin, size = index + 1, 0
    return documents

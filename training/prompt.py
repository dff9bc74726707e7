# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts, task text and answer pieces: the training side of docs/prompt_format.md."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import List, Optional

MAX_FIELDS_IN_PART = 8

FORCED, CHOICE, VALUE, CLOSE = "forced", "choice", "value", "close"


@dataclass
class Field:
    """One property: `key` names it in the generator's records, `name` in the template."""

    name: str
    key: str
    description: str = ""
    choices: Optional[List[str]] = None
    nullable: bool = True


@dataclass
class Part:
    """What is asked at once: single fields, or one list (`list_name`) of objects or, with one unnamed field, strings."""

    title: str
    fields: List[Field] = field(default_factory=list)
    list_name: Optional[str] = None
    list_description: str = ""
    kind: str = ""
    anchor: Optional[str] = None
    max_items: int = 0
    of_strings: bool = False
    sentences: bool = False


def _field_line(item):
    line = item.name
    if item.choices:
        line += " = " + " | ".join(item.choices)
    return line + (": " + item.description if item.description else "")


def task_text(part):
    lines = [part.title]
    if part.list_name is not None:
        lines.append(part.list_name + "[]" + (": " + part.list_description if part.list_description else ""))
        if not part.of_strings:
            lines += ["- " + _field_line(item) for item in part.fields]
    else:
        lines += [_field_line(item) for item in part.fields]
    return "\n".join(lines)


def escape(value):
    """A value as it stands between the quotes: only `"`, `\\` and control characters are escaped."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


class _Pieces:
    def __init__(self):
        self.pieces = []
        self._run = ""

    def forced(self, text):
        self._run += text

    def add(self, kind, text):
        if self._run:
            self.pieces.append((FORCED, self._run))
            self._run = ""
        if text:
            self.pieces.append((kind, text))

    def value(self, value):
        self.add(VALUE, escape(value))
        self.add(CLOSE, '"')


def _object(out, fields, values, opening="{"):
    for index, item in enumerate(fields):
        out.forced(("," if index else opening) + json.dumps(item.name, ensure_ascii=False) + ":")
        value = values.get(item.key)
        if item.nullable:
            out.add(CHOICE, "n" if value is None else '"')
            if value is None:
                out.forced("ull")
                continue
        else:
            out.forced('"')
        out.value(value)
    out.forced("}")


def answer_pieces(part, answer):
    """The pieces of the answer. `answer` is a dict of values by key, or a list of such dicts (of strings)."""
    out = _Pieces()
    if part.list_name is None:
        _object(out, part.fields, answer)
        out.add(FORCED, "")
        return out.pieces
    out.forced("{" + json.dumps(part.list_name, ensure_ascii=False) + ":[")
    for index, item in enumerate(answer):
        if part.of_strings:
            out.add(CHOICE, "," if index else '"')
            if index:
                out.forced('"')
            out.value(item)
        else:
            out.add(CHOICE, "," if index else "{")
            _object(out, part.fields, item, "{" if index else "")
    if part.max_items and len(answer) >= part.max_items:
        out.forced("]")
    else:
        out.add(CHOICE, "]")
    out.forced("}")
    out.add(FORCED, "")
    return out.pieces


def _field(name, schema):
    choices = [value for value in schema["enum"] if value is not None] if "enum" in schema else None
    nullable = None in schema["enum"] if choices else "null" in schema.get("type", "string")
    return Field(name, name, schema.get("description", ""), choices, nullable)


def parts_of_template(template):
    """The parts of a template file: single fields first, eight at most in a part, then every list."""
    kind = template["$id"].split(":")[-1]
    title = template.get("title", "")
    parts, singles = [], []
    for name, schema in template["properties"].items():
        if schema.get("type") != "array":
            singles.append(_field(name, schema))
            continue
        part = Part(title, [], name, schema.get("description", ""), kind + "." + name)
        part.max_items = schema.get("maxItems", 0)
        items = schema["items"]
        part.of_strings = "properties" not in items
        if part.of_strings:
            part.fields = [Field("", "value", "", None, False)]
            part.anchor = "value"
            part.sentences = items.get("x-attest", {}).get("boundary") == "sentence"
        else:
            part.fields = [_field(key, value) for key, value in items["properties"].items()]
            anchors = [key for key, value in items["properties"].items() if value.get("x-attest", {}).get("anchor")]
            part.anchor = (anchors or [part.fields[0].name])[0]
            for value in items["properties"].values():
                part.sentences |= value.get("x-attest", {}).get("boundary") == "sentence"
        parts.append(part)
    for first in range(0, len(singles), MAX_FIELDS_IN_PART):
        chosen = singles[first : first + MAX_FIELDS_IN_PART]
        parts.insert(first // MAX_FIELDS_IN_PART, Part(title, chosen, kind=kind))
    return parts


def shipped_parts(folder):
    """Every part of every template in `folder`."""
    parts = []
    for path in sorted(Path(folder).glob("*.json")):
        with open(path, encoding="utf-8") as source:
            parts += parts_of_template(json.load(source))
    return parts

"""Writes the editors' grammars from the table of colours: `make editors`. A test holds that they are up to date."""

from __future__ import annotations

import json
import re
from pathlib import Path

from vbclang.render.colours import OTHER_WORD, Colour, patterns, words
from vbclang.syntax.words import item_words, shapes

HERE = Path(__file__).parent

SCOPES = {
    Colour.PROSE: "markup.quote.vbc",
    Colour.NOTE: "comment.line.number-sign.vbc",
    Colour.QUOTED: "string.quoted.double.vbc",
    Colour.ITEM: "keyword.control.item.vbc",
    Colour.DATE: "constant.other.date.vbc",
    Colour.FIGURE: "constant.numeric.vbc",
    Colour.WORD: "keyword.other.vbc",
    Colour.COLUMN: "variable.other.column.vbc",
    Colour.TERM: "entity.name.type.term.vbc",
    Colour.SIGN: "keyword.operator.vbc",
}
"""The names by which TextMate's themes know the colours."""

_VIM_GROUPS = {
    "vbcProse": "String",
    "vbcNote": "Comment",
    "vbcQuoted": "String",
    "vbcItem": "Statement",
    "vbcDate": "Constant",
    "vbcFigure": "Number",
    "vbcWord": "Keyword",
    "vbcColumn": "Identifier",
    "vbcTerm": "Type",
    "vbcSign": "Operator",
}

_VIM = r"""" Vim syntax file: value-based contracts (vbc). Written by `make editors`: do not edit.

if exists("b:current_syntax")
  finish
endif

syntax case match
syntax sync minlines=1

" Of two matches that begin at one place, Vim takes the one that stands later here.
syntax match vbcSign /[-+*\/×÷%|:(),]/
syntax match vbcTerm /\v<[A-Z]\w*%(['.&-]\w+)*/
syntax match vbcColumn /\v<[a-z]\w*/
syntax match vbcWord /\v<%({words})%('s?)?['[:alnum:]_]@!/
syntax match vbcFigure /\v<\d[0-9,]*%(\.\d+)?%(st|nd|rd|th)?>%(\s*\%|\s+%(million|billion|thousand)>)?/
syntax match vbcFigure /\v%(%(<%(A|C|NZ|US))?\$|[£€¥₹]|<%({currencies})\s*)\s*\d[0-9,]*%(\.\d+)?%(\s+%(million|billion|thousand)>)?/
syntax match vbcDate /\v<Q[1-4]\s+\d{4}\/\d{2}>/
syntax match vbcDate /\v<%(\d{1,2}\s+%({months})%(\s+\d{4})?|%({months})\s+\d{4})>/
syntax match vbcDate /\v<Contract\s+Years?\s+\d+%(\/\d{2})?>/
syntax match vbcItem /\v^\s*\zs%({items})['[:alnum:]_]@!%(\s+years?>)@!/
syntax match vbcQuoted /"[^"]*"/
syntax match vbcNote /#.*$/
syntax match vbcProse /^\s*\zs>.*$/

{links}

let b:current_syntax = "vbc"
"""


def textmate() -> str:
    """The TextMate grammar, which Visual Studio Code and many others read."""
    grammar = {
        "comment": "Written by `make editors`: do not edit.",
        "name": "Value-based contract",
        "scopeName": "source.vbc",
        "fileTypes": ["vbc"],
        "patterns": [*(_textmate_rule(colour, pattern) for colour, pattern in patterns()), {"match": OTHER_WORD}],
    }
    return json.dumps(grammar, indent=2, ensure_ascii=False) + "\n"


def vim() -> str:
    """The syntax file for Vim, whose regular expressions are of another dialect."""
    filled = {
        "{words}": "|".join(sorted(words(), key=lambda word: (-len(word), word))),
        "{items}": "|".join(word.replace(" ", r"\s+") for word in sorted(item_words(), key=lambda word: (-len(word), word))),
        "{months}": _choices("DATE", "January"),
        "{currencies}": _choices("MONEY", "GBP"),
        "{links}": "\n".join(f"highlight default link {own} {standard}" for own, standard in _VIM_GROUPS.items()),
    }
    text = _VIM
    for place, value in filled.items():
        text = text.replace(place, value)
    return text


def _choices(shape: str, first: str) -> str:
    """The choices of the group in the grammar's shape that begins with ``first``."""
    found = re.search(rf"\(({first}\|[^()]*)\)", shapes()[shape])
    assert found is not None
    return found[1]


def _textmate_rule(colour: Colour, pattern: str) -> dict[str, object]:
    if re.compile(pattern).groups:
        return {"match": pattern, "captures": {"1": {"name": SCOPES[colour]}}}
    return {"match": pattern, "name": SCOPES[colour]}


def generated() -> dict[Path, str]:
    """Each file that is written, with its text."""
    return {HERE / "vscode" / "syntaxes" / "vbc.tmLanguage.json": textmate(), HERE / "vim" / "syntax" / "vbc.vim": vim()}


def main() -> None:
    """Write the files that are not up to date."""
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Pages of what the program was asked to do and could not (U)."""

from __future__ import annotations

from vbclang.lint.rule import Page

PAGES = (
    Page(
        "U001",
        "The file that was named is not there. Contracts in the folder are named, and whether an editor has put `.txt` behind the name.",
        "The program opens only what it is told, so that nobody settles another contract by accident.",
        do=("Name the file with its folder; put a name with spaces into quotes."),
    ),
    Page(
        "U002",
        "A folder was named where a file is wanted.",
        "A folder may hold several contracts, and a statement is that of one.",
        do=("Name the contract's own file, such as `agreement/contract.vbc`."),
    ),
    Page(
        "U003",
        "A file that may not or cannot be read.",
        "The reason that the system gives is in the message: a right that is missing, a disk or a network drive that is not there.",
        do=("Ask its owner for the right to read it, or copy it to where you may."),
    ),
    Page(
        "U004",
        "A file that is longer than any contract.",
        "Mostly it is a file of data, or a picture, that was named by accident.",
        do=("Name the contract's own file."),
    ),
    Page(
        "U005",
        "An empty file.",
        "Mostly the editor has not saved it yet.",
        do=("Save it. A contract begins with a line such as `contract My Agreement`."),
    ),
    Page(
        "U006",
        "A file that cannot be written: the folder is not there, may not be written to, or the disk is full. What stood there "
        "before is left as it was.",
        "A file is written whole or not at all, so that no half statement is taken for one.",
        do=("Name another file or folder, or make room."),
    ),
    Page(
        "U010",
        "A period that the contract does not have, in `--period`.",
        "A statement for a period outside the term would be empty, and look as if nothing were due.",
        do=("Write one of the contract's own: `Q1 2026/27`, `April 2026`, `Contract Year 1`, in quotes."),
    ),
    Page(
        "U011",
        "A party that the contract does not have, in `--for`. The parties are named.",
        "A statement for a party that is spelt in another way would be empty.",
        do=("Write the party's name as the contract has it, in quotes."),
    ),
    Page(
        "U012",
        "A clause that moves no money, or that the contract does not have, where one is to be explained.",
        "Only of what comes of a clause can be said why.",
        do=("Write the clause's name as the contract has it, in quotes. The message names the clauses that there are."),
    ),
    Page(
        "U013",
        "An explanation of nothing, or of too much at once: no figure has arrived there, the clause does not concern the party, "
        "or it has an amount for each of many members.",
        "An explanation goes down to the last figure; that of hundreds of amounts nobody reads.",
        do=("Choose with `--period` and `--for`."),
    ),
    Page(
        "U014",
        "What is written would take the place of a contract or of its data.",
        "Nothing that the parties agreed or delivered is ever written over.",
        do=("Name another file behind `--out`, such as `statement.json`."),
    ),
    Page(
        "U015",
        "Empty files that would be written over data that are there already, or outside the folder of the data.",
        "A template written over a delivery would destroy it.",
        do=("Name another folder with `--out`, or move the files away."),
    ),
    Page(
        "U016",
        "A file that is no statement which can be verified, or is not there.",
        "A statement is verified by what it was settled from, which only its JSON form says.",
        do=("Have it written by `vbc settle CONTRACT --out statement.json`, and name that file."),
    ),
    Page(
        "U017",
        "A `vbc.toml` that says something which it may not: a table or a code that does not exist, a weight that there is not. "
        "What is an error outside the rules of drafting stays one.",
        "A setting that is misspelt and passed over in silence would not hold, and nobody would notice.",
        do=("Put right what the message names, or take the line out."),
    ),
)

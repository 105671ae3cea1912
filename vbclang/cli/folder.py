"""The folder of a contract's data."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from vbclang.cli import screen


def data_folder(command: str, chosen: Namespace) -> Path | None:
    """The folder that was named, else that beside the contract; None, and why on standard error, where it is none."""
    folder: Path = chosen.data or _beside(chosen.contract)
    if folder.is_dir():
        return folder
    screen.warn(f"vbc {command}: there is no folder {folder}. Name the folder of the data: --data FOLDER\n")
    return None


def _beside(contract: Path) -> Path:
    folder = contract.parent / "data"
    return folder if folder.is_dir() else contract.parent

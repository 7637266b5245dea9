"""The guide keeps its word: what it links to and names is there, and what it shows runs."""

from __future__ import annotations

import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import guide
import pytest
import yaml
from guide import GUIDE, PAGES, ROOT, Block
from pydantic import BaseModel
from snakemake.utils import update_config

from chaoslearn.config import Config, parse
from chaoslearn.study import Study

BY_NAME = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
FILE = re.compile(r"[\w./-]+\.(py|md|yaml|yml|toml|csv|nc|npy|txt|cff|smk|rst|html|pdf|png)")
FOLDER = re.compile(r"[\w.-]+/[\w./-]*")
KEY = re.compile(rf"({'|'.join(Config.model_fields)})(\.[a-z_0-9]+)+")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the files that the guide's examples make, and on the path of imports."""
    folder = tmp_path_factory.mktemp("guide")
    for name, text in guide.example_files().items() | {("data/mine.csv", guide.MINE)}:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


def laid_over(change: dict[str, Any]) -> dict[str, Any]:
    config = yaml.safe_load((ROOT / "config.yaml").read_text())
    update_config(config, change)
    return config


# ---- what it links to and names ------------------------------------------------------------------


@BY_NAME
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in guide.links(page):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        assert not anchor or anchor in guide.anchors(linked), target


@cache
def made_paths() -> set[str]:
    """Every file of every scale, and of the series that the guide brings as its own."""
    mine = {"kind": "file", "path": str(ROOT / "tests/data/roessler.csv"), "step": 0.2}
    changes: list[dict[str, Any]] = [{"series": {"mine": mine}}]
    changes += [yaml.safe_load(path.read_text()) for path in (ROOT / "config").glob("*.yaml")]
    studies = [Study(parse(laid_over(change)), ROOT) for change in changes]
    paths = {job.path for study in studies for job in study.jobs()}
    paths |= {study.config.results + "/report.html" for study in studies}
    paths |= {
        f"{study.config.results}/{kind}/" for study in studies for kind in ("logs", "benchmarks")
    }
    # Written beside the file that a job is named after.
    beside = ("tables/measures.csv", "tables/theorems.csv", "scorecard.md", "scorecard.html")
    return paths | {f"results/{name}" for name in beside}


def is_made(name: str) -> bool:
    stem = name.removesuffix(".png") + ".pdf" if name.endswith(".png") else name
    return stem in made_paths() or any(
        path.startswith(name) for path in made_paths() if name[-1] == "/"
    )


def is_there(name: str) -> bool:
    """Whether a path is in the repository, made by the workflow or an example, or kept by tools."""
    if name.startswith("results/"):
        return is_made(name)
    examples = guide.example_files()
    would_be = (ROOT / name).parent.is_dir() and name in {
        f"src/chaoslearn/{kind}/{Path(example).name}"
        for kind in ("systems", "cells", "forcing", "measures")
        for example in examples
    }
    shown = name in examples or name.startswith("data/") or re.fullmatch(r"block-\d\.nc", name)
    return bool((ROOT / name).exists() or would_be or shown or name == ".snakemake/")


def has_key(model: Any, parts: list[str]) -> bool:
    """Whether a config key, part by part, exists; the names of series and experiments are free."""
    if not parts:
        return True
    if isinstance(model, type) and issubclass(model, BaseModel):
        field = model.model_fields.get(parts[0])
        return field is not None and has_key(field.annotation, parts[1:])
    inner = [part for part in get_args(model) if part is not str]
    free_name = getattr(model, "__origin__", None) is dict
    return any(has_key(part, parts[1:] if free_name else parts) for part in inner)


@BY_NAME
def test_every_target_path_key_and_module_in_backticks_exists(page: Path) -> None:
    for name in guide.names(page):
        if any(mark in name for mark in "{…<*"):
            continue
        if found := re.fullmatch(r"make ([a-z-]+).*", name):
            assert found[1] in TARGETS, name
        elif re.fullmatch(r"chaoslearn(\.\w+)+", name):
            assert pkgutil.resolve_name(name), name
        elif KEY.fullmatch(name):
            assert has_key(Config, name.split(".")), name
        elif FILE.fullmatch(name) or FOLDER.fullmatch(name):
            assert is_there(name), name


@BY_NAME
def test_every_make_line_has_its_target(page: Path) -> None:
    for block in guide.blocks(page, "bash"):
        for target in re.findall(r"^make ([a-z-]+)", block.text, re.MULTILINE):
            assert target in TARGETS, target


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_no_line_is_longer_than_a_hundred(page: Path) -> None:
    lines = page.read_text().splitlines()  # but for rows of tables, which cannot be broken
    assert all(len(line) <= 100 for line in lines if not line.startswith("|"))


def test_each_dependency_is_explained_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *(name for extra in extras for name in extra)]
    text = (ROOT / "docs" / "dependencies.md").read_text()
    told = set(re.findall(r"^\| ([\w-]+) \|", text, re.MULTILINE)) - {"package"}
    # pandas comes with xarray and is imported.
    assert {re.split(r"[\[=<>~]", name)[0] for name in asked} | {"pandas"} == told


def test_the_conda_environment_has_the_same_pins() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    environment = yaml.safe_load((ROOT / "envs" / "chaoslearn.yaml").read_text())["dependencies"]
    *conda, last = environment
    found = {name.replace("==", "=").lower() for name in [*conda, *last["pip"]]}
    wanted = {
        name.replace("==", "=").removesuffix(".*").lower() for name in project["dependencies"]
    }
    assert wanted <= found


# ---- what it shows -------------------------------------------------------------------------------

SNIPPETS = [(page, block) for page in PAGES for block in guide.blocks(page, "yaml")]


@pytest.mark.parametrize(
    ("page", "block"), SNIPPETS, ids=[f"{page.name}:{block.line}" for page, block in SNIPPETS]
)
def test_every_config_snippet_gives_a_workflow(
    page: Path, block: Block, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    jobs = list(Study(parse(laid_over(yaml.safe_load(block.text))), ROOT).jobs())
    assert all(job.key for job in jobs)


def runnable(page: Path) -> list[Block]:
    return [block for block in guide.blocks(page, "python") if block.file is None]


def run(page: Path, chosen: list[Block]) -> None:
    namespace: dict[str, Any] = {}
    for block in chosen:
        code = "\n" * (block.line - 1) + block.text
        exec(compile(code, str(page), "exec"), namespace)


@pytest.mark.parametrize("page", [ROOT / "docs" / "extend.md", ROOT / "docs" / "paper.md"])
def test_the_examples_run(page: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that read results run in test_result_files.py."""
    monkeypatch.chdir(workspace)
    run(page, [block for block in runnable(page) if '"results/' not in block.text])

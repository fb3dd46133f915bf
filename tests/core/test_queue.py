"""The queue of files: what is done is skipped, a failure stops nothing, a crash loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.inference_helpers import write_clip, write_model
from trainer.cli import main
from trainer.errors import DataError, MienError, OperationCancelled, WeightsError
from trainer.inference.batch import BatchOptions
from trainer.inference.pipeline import PipelineSettings
from trainer.inference.queue import LOCK_NAME, QueueRun
from trainer.inference.queue_file import DONE, FAILED, STATE_NAME, WAITING, QueueFile, QueueItem

ROOT = Path(__file__).resolve().parents[2]
# Ends like a killed program, with the second table written and not yet in its place.
_KILLED = """
import os, sys
from pathlib import Path
from trainer.cli import main
replace = os.replace
def die(source, target):
    if Path(target).name == "b.csv":
        os._exit(9)
    replace(source, target)
os.replace = die
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("model") / "tiny.onnx")


def make_run(queue: QueueFile, weights: Path, **more: object) -> QueueRun:
    options = BatchOptions(queue.folder)
    return QueueRun(queue, weights, PipelineSettings(), options, **more)  # type: ignore[arg-type]


def states(queue: QueueFile) -> dict[str, str]:
    return {item.path.name: item.state for item in queue.items()}


def test_what_is_done_is_skipped_until_file_network_or_settings_change(
    tmp_path: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip, out = write_clip(tmp_path / "clip.mp4"), tmp_path / "out"
    command = ["predict", str(clip), "--out", str(out), "--weights", str(weights)]
    assert main(command) == 0
    assert "20 frames" in capsys.readouterr().out
    moved = clip.rename(tmp_path / "renamed.mp4")
    again = ["predict", str(moved), *command[2:]]
    assert main(again) == 0
    assert "renamed.mp4: done already -> clip.csv" in capsys.readouterr().out
    for more in (["--again"], ["--detect-every", "2"], ["--min-face", "40"], ["--bom"]):
        assert main([*again, *more]) == 0
        assert "20 frames" in capsys.readouterr().out, more
    other = write_model(tmp_path / "other.onnx", classes=7, size=40)
    write_clip(moved, tuple(40.0 * n for n in range(7)))  # another film in the same place
    assert main(again) == 0
    assert "7 frames" in capsys.readouterr().out
    assert main([*again[:-1], str(other)]) in (0, 2)
    assert "done already" not in capsys.readouterr().out


def test_settings_that_find_no_face_at_all_are_refused(
    tmp_path: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = write_clip(tmp_path / "clip.mp4")
    command = ["predict", str(clip), "--out", str(tmp_path / "out"), "--weights", str(weights)]
    assert main([*command, "--score-threshold", "2"]) == 2
    error = capsys.readouterr().err
    assert "--score-threshold" in error
    assert len(error.splitlines()) == 1


def test_results_that_were_deleted_are_made_again(
    tmp_path: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip, out = write_clip(tmp_path / "clip.mp4"), tmp_path / "out"
    command = ["predict", str(clip), "--out", str(out), "--weights", str(weights)]
    assert main(command) == 0
    (out / "clip.json").unlink()
    assert main(command) == 0
    assert "done already" not in capsys.readouterr().out
    assert (out / "clip.json").is_file()


def test_files_of_one_name_from_two_folders_keep_their_own_results(
    tmp_path: Path, weights: Path
) -> None:
    out = tmp_path / "out"
    for number, folder in enumerate(("a", "b")):
        (tmp_path / folder).mkdir()
        clip = write_clip(
            tmp_path / folder / "clip.mp4", tuple(40.0 * n for n in range(3 + number))
        )
        assert main(["predict", str(clip), "--out", str(out), "--weights", str(weights)]) == 0
    assert (out / "clip.csv").read_text().count("\n") == 4
    assert (out / "clip_2.csv").read_text().count("\n") == 5


def test_two_processes_share_the_work_and_one_failure_stops_nothing(
    tmp_path: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    for name in ("a.mp4", "c.mp4", "d.mp4"):
        write_clip(folder / name, tuple(40.0 * (n + len(name)) for n in range(ord(name[0]) - 90)))
    (folder / "b.mp4").write_text("no video at all")
    out = tmp_path / "out"
    command = ["predict", str(folder), "--out", str(out), "--weights", str(weights), "--jobs", "2"]
    assert main(command) == 2
    printed = capsys.readouterr()
    assert printed.out.count(" frames/s -> ") == 3
    assert printed.err.startswith("error: b.mp4: ")
    assert states(QueueFile(out)) == {"a.mp4": DONE, "b.mp4": FAILED, "c.mp4": DONE, "d.mp4": DONE}
    assert {path.suffix for path in out.iterdir()} <= {".csv", ".json", ".lock"}


def test_a_process_that_is_killed_fails_its_file_with_the_reason_and_the_rest_goes_on(
    tmp_path: Path, weights: Path
) -> None:
    long = write_clip(tmp_path / "long.mp4", tuple(40.0 * n for n in range(900)), gop=100)
    short = write_clip(tmp_path / "short.mp4")
    queue = QueueFile(tmp_path / "out")
    queue.add([long, short])

    def kill(item: QueueItem, frames: int, share: float) -> None:
        if item.path == long:
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            for child in children:
                command = Path(f"/proc/{child}/cmdline").read_bytes()
                if b"spawn_main" in command:
                    os.kill(int(child), signal.SIGKILL)

    if not Path(f"/proc/{os.getpid()}/task").is_dir():
        pytest.skip("looks for the process in /proc")
    make_run(queue, weights, own_process=True, on_moved=kill).run()
    assert states(queue) == {"long.mp4": FAILED, "short.mp4": DONE}
    failed = queue.item(long)
    assert failed is not None
    assert "ended unexpectedly (signal 9" in failed.reason
    assert not (tmp_path / "out" / "long.csv").exists()


def test_the_same_command_goes_on_after_the_program_was_killed(
    tmp_path: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write_clip(tmp_path / "a.mp4")
    second = write_clip(tmp_path / "b.mp4", tuple(40.0 * n for n in range(900)), gop=100)
    out = tmp_path / "out"
    arguments = ["predict", str(first), str(second), "--out", str(out), "--weights", str(weights)]
    child = subprocess.run([sys.executable, "-c", _KILLED, *arguments], cwd=ROOT, check=False)
    assert child.returncode == 9
    assert list(out.glob(".b*"))
    assert states(QueueFile(out)) == {"a.mp4": DONE, "b.mp4": WAITING}
    capsys.readouterr()
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert "a.mp4: done already" in printed
    assert "b.mp4: 900 frames" in printed
    assert not list(out.glob(".b*"))


def test_cancelling_lets_the_file_wait_and_leaves_nothing_half(
    tmp_path: Path, weights: Path
) -> None:
    clips = [write_clip(tmp_path / f"{n}.mp4", (0.0, 40.0 + n)) for n in range(3)]
    queue = QueueFile(tmp_path / "out")
    queue.add(clips)
    done: list[str] = []

    def changed(item: QueueItem) -> None:
        if item.state == DONE:
            done.append(item.path.name)
            run.stop()

    run = make_run(queue, weights, on_changed=changed)
    with pytest.raises(OperationCancelled):
        run.run()
    assert states(QueueFile(tmp_path / "out")) == {
        "0.mp4": DONE,
        "1.mp4": WAITING,
        "2.mp4": WAITING,
    }
    make_run(queue, weights, on_changed=lambda item: None).run()
    assert set(states(queue).values()) == {DONE}


def test_a_paused_queue_waits(tmp_path: Path, weights: Path) -> None:
    queue = QueueFile(tmp_path / "out")
    queue.add([write_clip(tmp_path / "a.mp4", tuple(40.0 * n for n in range(200)))])
    paused_at: list[int] = []

    def moved(item: QueueItem, frames: int, share: float) -> None:
        if not paused_at:
            run.set_paused(True)
            paused_at.append(frames)
        else:
            resumed.append(frames)

    import threading

    resumed: list[int] = []
    run = make_run(queue, weights, on_moved=moved)
    thread = threading.Thread(target=run.run)
    thread.start()
    while not paused_at:
        thread.join(0.01)
    thread.join(0.3)
    assert thread.is_alive()
    run.set_paused(False)
    thread.join(30)
    assert states(queue) == {"a.mp4": DONE}


def test_a_second_queue_in_the_same_folder_is_refused(tmp_path: Path, weights: Path) -> None:
    queue = QueueFile(tmp_path)
    with FileLock(tmp_path / LOCK_NAME), pytest.raises(DataError, match="Another queue"):
        make_run(queue, weights).run()


def test_a_refused_network_stops_all_and_everything_waits(tmp_path: Path) -> None:
    bad = tmp_path / "bad.onnx"
    bad.write_bytes(b"nothing")
    queue = QueueFile(tmp_path / "out")
    queue.add([write_clip(tmp_path / "a.mp4")])
    for more in ({}, {"own_process": True}):
        with pytest.raises(WeightsError, match="bad.onnx"):
            make_run(queue, bad, **more).run()
        assert states(queue) == {"a.mp4": WAITING}


def test_a_list_can_be_changed(tmp_path: Path) -> None:
    queue = QueueFile(tmp_path)
    queue.add([Path("a.mp4"), Path("b.mp4"), Path("a.jpg")])
    assert [item.name for item in queue.items()] == ["a", "b", "a_2"]
    running = queue.take_next()
    assert running is not None
    queue.remove([Path("a.mp4"), Path("b.mp4")])
    assert [item.path.name for item in queue.items()] == ["a.mp4", "a.jpg"]
    queue.put(QueueItem(Path("/elsewhere/x.mp4"), "x"))
    queue.save()
    assert states(QueueFile(tmp_path)) == {"a.mp4": WAITING, "a.jpg": WAITING}


def test_a_state_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / STATE_NAME).write_text('{"format": 2}')
    with pytest.raises(DataError, match="another version"):
        QueueFile(tmp_path)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["../x", "done"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["format", "files", "done", "settings", "path", "name", "state", "outputs"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=60) | JSON.map(json.dumps))
def test_a_damaged_state_is_put_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / STATE_NAME
    path.write_text(text, encoding="utf-8")
    try:
        queue = QueueFile(tmp_path)
    except MienError:
        return
    assert queue.items() == ()
    assert not path.exists()


def test_no_result_can_be_named_outside_the_folder(tmp_path: Path) -> None:
    queue = QueueFile(tmp_path)
    queue.add([Path("a.mp4")])
    queue.save()
    path = tmp_path / STATE_NAME
    path.write_text(path.read_text().replace('"name": "a"', '"name": "../a"'))
    assert QueueFile(tmp_path).items() == ()

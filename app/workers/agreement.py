"""Reading a coding and comparing it with what the model shows, off the GUI thread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from app.workers.recorder import Recorder
from trainer.agreement.coding import Coding
from trainer.agreement.compare import Agreement, best_delay, compare
from trainer.agreement.pairing import choose_tier, choose_track
from trainer.agreement.reading import read_coding
from trainer.agreement.tracks import tracks_of
from trainer.errors import DataError
from trainer.files import write_text
from trainer.inference.recording_curves import analysed_share


@dataclass(frozen=True)
class Question:
    """What is to be compared.

    Attributes:
        path: The coding's file.
        coding: The same in the time of the pictures, when it was read already.
        tier: Name of its tier; None: the longest.
        person: Name of the person; None: by the tier's name, or who was seen longest.
        delay_ms: The coder's reaction time.
        gaps_are_neutral: What has no label counts as neutral.
        find_delay: Look for the reaction time first.
    """

    path: Path
    coding: Coding | None = None
    tier: str | None = None
    person: str | None = None
    delay_ms: float = 0.0
    gaps_are_neutral: bool = False
    find_delay: bool = False


@dataclass(frozen=True)
class Answer:
    """What came out.

    Attributes:
        coding: The coding that was read.
        tier: Name of the tier that was compared.
        persons: Names of everybody in the video.
        person: Who was compared.
        delay_ms: The reaction time used.
        agreement: The figures; None when there is nothing to compare.
        problem: Why not, one sentence.
        duration_ms: Length of the video.
        analysed: Share of the video that was looked at, 0..1.
    """

    coding: Coding
    tier: str
    persons: tuple[str, ...] = ()
    person: str = ""
    delay_ms: float = 0.0
    agreement: Agreement | None = None
    problem: str = ""
    duration_ms: float = 0.0
    analysed: float = 0.0


class AgreementWorker(Worker):
    """Answers one :class:`Question`.

    Signals:
        answered: (Answer)
    """

    answered = pyqtSignal(object)

    def __init__(self, question: Question, recorder: Recorder) -> None:
        super().__init__()
        self._question = question
        self._recorder = recorder

    def work(self) -> None:
        """Read, compare, answer.

        Raises:
            DataError: The coding cannot be read.
        """
        asked = self._question
        coding = asked.coding
        if coding is None:
            coding = read_coding(asked.path).moved(-self._recorder.info.start_ms)
        names = {tier.name for tier in coding.tiers}
        tier = choose_tier(coding, asked.tier if asked.tier in names else None)
        recording = self._recorder.snapshot()
        if recording is None or not len(recording):
            self.answered.emit(Answer(coding, tier.name))
            return
        tracks = [track for track in tracks_of(recording) if len(track.codes)]
        answer = Answer(
            coding,
            tier.name,
            tuple(track.name for track in tracks),
            delay_ms=asked.delay_ms,
            duration_ms=recording.duration_ms,
            analysed=analysed_share(recording),
        )
        if not tracks:
            self.answered.emit(answer)
            return
        wanted = asked.person if asked.person in answer.persons else None
        track = choose_track(tracks, wanted, tier)
        delay = asked.delay_ms
        if asked.find_delay:
            delay = best_delay(tier, track, gaps_are_neutral=asked.gaps_are_neutral)
        found, problem = None, ""
        try:
            found = compare(tier, track, delay, gaps_are_neutral=asked.gaps_are_neutral)
        except DataError as error:
            problem = str(error)
        self.answered.emit(
            Answer(
                coding,
                tier.name,
                answer.persons,
                track.name,
                delay,
                found,
                problem,
                answer.duration_ms,
                answer.analysed,
            )
        )


class AgreementSaver(Worker):
    """Writes figures to a JSON file."""

    def __init__(self, path: Path, facts: dict[str, Any]) -> None:
        super().__init__()
        self._path = path
        self._facts = facts

    def work(self) -> None:
        """Write, whole or not at all; OSError when that fails."""
        write_text(self._path, json.dumps(self._facts, indent=1) + "\n")

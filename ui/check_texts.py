"""What the checks of a data set are called, and what they mean, in plain words."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

from trainer.labels import SPLITS
from ui.check_result import Check, CheckRow
from ui.colors import expression_title, split_title
from ui.dataset_checks import CheckedData
from ui.formats import count, percent

FACE_SECONDS = 0.0018
"""Looking for a face in one image, in seconds."""

KFOLD_SECONDS = 0.007
"""K-fold for one image, in seconds of processor time on one core, reading and checking included."""


def check_title(check: Check) -> str:
    """The translated name of a check."""
    translate = QCoreApplication.translate
    titles = {
        Check.EXACT: translate("CheckTexts", "Exact repeats"),
        Check.NEAR: translate("CheckTexts", "Near repeats"),
        Check.LEAK: translate("CheckTexts", "Leaks between splits"),
        Check.CONFLICT: translate("CheckTexts", "Repeats with another label"),
        Check.BLANK: translate("CheckTexts", "Blank images"),
        Check.DARK: translate("CheckTexts", "Very dark images"),
        Check.BLURRED: translate("CheckTexts", "Blurred images"),
        Check.NO_FACE: translate("CheckTexts", "No face found"),
        Check.SUSPECTED: translate("CheckTexts", "Suspected label errors"),
        Check.AGAINST_VOTES: translate("CheckTexts", "Label against the votes"),
        Check.NO_MAJORITY: translate("CheckTexts", "Votes without a majority"),
        Check.TIE: translate("CheckTexts", "Tied votes"),
        Check.LOW_AGREEMENT: translate("CheckTexts", "Low agreement"),
    }
    return titles[check]


def check_sentence(check: Check) -> str:
    """What a check looks for, in one sentence or two."""
    translate = QCoreApplication.translate
    sentences = {
        Check.EXACT: translate(
            "CheckTexts",
            "Pixel for pixel the same as an earlier image of the same split: it counts twice.",
        ),
        Check.NEAR: translate(
            "CheckTexts",
            "Almost the same as another image of the same split: compressed again, brightened, "
            "mirrored or shifted a little.",
        ),
        Check.LEAK: translate(
            "CheckTexts",
            "The same picture stands in two splits: scores there come out too good. Training "
            "leaves exact ones out by itself.",
        ),
        Check.CONFLICT: translate(
            "CheckTexts", "The same picture with two labels: at least one of them is wrong."
        ),
        Check.BLANK: translate(
            "CheckTexts", "Nothing to see: all pixels have nearly the same value."
        ),
        Check.DARK: translate("CheckTexts", "Nearly all pixels are close to black."),
        Check.BLURRED: translate(
            "CheckTexts", "Hardly any fine detail for its contrast, the most blurred first."
        ),
        Check.NO_FACE: translate(
            "CheckTexts",
            "The face detector found no face. Nearly nine in ten such remarks on FER2013 were "
            "right; it overlooks others. Look before you exclude.",
        ),
        Check.SUSPECTED: translate(
            "CheckTexts",
            "A network that had not seen these images prefers another label, the surest first. A "
            "suspicion, not a verdict: how many are right depends on the network, and fewer are "
            "further down.",
        ),
        Check.AGAINST_VOTES: translate(
            "CheckTexts",
            "More than half of the people asked chose another expression than the label.",
        ),
        Check.NO_MAJORITY: translate(
            "CheckTexts", "No answer got more than half of the votes: people disagree."
        ),
        Check.TIE: translate("CheckTexts", "Two or more answers share the most votes."),
        Check.LOW_AGREEMENT: translate(
            "CheckTexts", "Fewer than seven in ten people agree on one answer, least first."
        ),
    }
    return sentences[check]


def check_brief(check: Check) -> str:
    """The same in a few words."""
    translate = QCoreApplication.translate
    words = {
        Check.EXACT: translate("CheckTexts", "The same pixels twice in one split"),
        Check.NEAR: translate("CheckTexts", "Almost the same picture in one split"),
        Check.LEAK: translate("CheckTexts", "One picture in two splits"),
        Check.CONFLICT: translate("CheckTexts", "One picture, two labels"),
        Check.BLANK: translate("CheckTexts", "Nothing to see"),
        Check.DARK: translate("CheckTexts", "Nearly all pixels are black"),
        Check.BLURRED: translate("CheckTexts", "Hardly any fine detail"),
        Check.NO_FACE: translate("CheckTexts", "The detector found no face"),
        Check.SUSPECTED: translate("CheckTexts", "A network prefers another label"),
        Check.AGAINST_VOTES: translate("CheckTexts", "Most people chose another label"),
        Check.NO_MAJORITY: translate("CheckTexts", "No answer has more than half"),
        Check.TIE: translate("CheckTexts", "Two answers share the lead"),
        Check.LOW_AGREEMENT: translate("CheckTexts", "Fewer than seven in ten agree"),
    }
    return words[check]


def row_note(row: CheckRow) -> str:
    """The second line of a check in the list: what it means, or why there is no number."""
    if not row.available:
        return QCoreApplication.translate("CheckTexts", "Needs votes, which are not joined")
    if row.open is None:
        return QCoreApplication.translate("CheckTexts", "Not looked for yet")
    if row.settled and not row.open:
        return QCoreApplication.translate("CheckTexts", "All {number} are excluded").format(
            number=count(row.settled)
        )
    if row.settled:
        return QCoreApplication.translate("CheckTexts", "{number} more are excluded").format(
            number=count(row.settled)
        )
    return check_brief(row.check)


def found_title(row: CheckRow, *, pairs: bool) -> str:
    """Heading of the results: ``Exact repeats: 1 236 pairs``."""
    title = check_title(row.check)
    if row.open is None:
        return title
    text = (
        QCoreApplication.translate("CheckTexts", "{title}: {number} pairs")
        if pairs
        else QCoreApplication.translate("CheckTexts", "{title}: {number} images")
    )
    return text.format(title=title, number=count(row.open))


def image_caption(data: CheckedData, check: Check, index: int) -> str:
    """The number by which an image was remarked on, as short as fits under a thumbnail."""
    if data.result is None:
        return ""
    found = data.result.findings
    if check is Check.BLURRED:
        return f"{found.sharpness[index]:.2f}"
    if check is Check.DARK:
        return f"{found.brightness[index]:.0f}"
    if check is Check.BLANK:
        return f"{found.contrast[index]:.1f}"
    if check in (Check.SUSPECTED, Check.AGAINST_VOTES):
        suggestion = data.suggestion(index, check)
        if suggestion is None:
            return ""
        return f"→ {expression_title(data.samples.class_names[suggestion.target])}"
    if check in (Check.NO_MAJORITY, Check.LOW_AGREEMENT, Check.TIE):
        return percent(float(found.agreement[index]))
    return ""


def label_title(data: CheckedData, sample: int) -> str:
    """The translated label of an image, with the corrections."""
    target = int(data.targets[sample])
    if target < 0:
        return QCoreApplication.translate("CheckTexts", "No label")
    return expression_title(data.samples.class_names[target])


def place_title(data: CheckedData, sample: int) -> str:
    """Where an image stands: its split, and its file or its line of the file."""
    samples = data.samples
    split = split_title(SPLITS[int(samples.splits[sample])])
    if samples.files:
        return f"{split}, {samples.files[sample]}"
    line = count(int(samples.source_rows[sample]))
    return QCoreApplication.translate("CheckTexts", "{split}, line {line}").format(
        split=split, line=line
    )


def sample_line(data: CheckedData, sample: int) -> str:
    """Label and place of an image, and whether it is excluded."""
    text = f"{label_title(data, sample)}, {place_title(data, sample)}"
    if data.excluded[sample]:
        text += ", " + QCoreApplication.translate("CheckTexts", "excluded")
    return text


def seek_text(check: Check, images: int) -> str:
    """What a slower check does and how long it takes, from times measured on two cores."""
    if check is Check.NO_FACE:
        return QCoreApplication.translate(
            "CheckTexts",
            "The Player's face detector looks at every image. This takes about {time} for "
            "{number} images; cancel when you like.",
        ).format(time=_about(FACE_SECONDS * images), number=count(images))
    return QCoreApplication.translate(
        "CheckTexts",
        "Networks judge images they did not learn from; labels they find unlikely are "
        "suspected. You then look at each one and decide.",
    )


def _about(seconds: float) -> str:
    """A time as roughly as it is known: whole minutes, or tens of seconds."""
    if seconds > 90:
        text = QCoreApplication.translate("CheckTexts", "{minutes} minutes")
        return text.format(minutes=round(seconds / 60))
    text = QCoreApplication.translate("CheckTexts", "{seconds} seconds")
    return text.format(seconds=max(10, round(seconds / 10) * 10))


def kfold_note(images: int) -> str:
    """What k-fold does and how long it takes, from a time measured on one core."""
    return QCoreApplication.translate(
        "CheckTexts",
        "Small networks learn from a part each and judge the rest of the training and validation "
        "images; the test split stays untouched. About {time} of one core, longer beside other "
        "work. On FER2013 most voters of FER+ agreed with 84 of the first 100 suspicions, with "
        "51 % of the first 1000, and with 22 % of all.",
    ).format(time=_about(KFOLD_SECONDS * images))


def run_note(accuracy: float | None) -> str:
    """What the predictions of a run can tell."""
    return QCoreApplication.translate(
        "CheckTexts",
        "Judges the validation images only, at once. Its accuracy there is {accuracy}, and its "
        "best epoch was chosen by them.",
    ).format(accuracy=percent(accuracy))

"""Finding and opening cameras with OpenCV on Linux, Windows and macOS."""

from __future__ import annotations

import os
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer._cv2 import cv2

_PROBED_INDEXES = 6
_VIDIOC_QUERYCAP = 0x80685600
_CAP_VIDEO_CAPTURE = 0x00000001
_CAP_DEVICE_CAPS = 0x80000000


@dataclass(frozen=True)
class CameraInfo:
    """A camera that can be chosen.

    Attributes:
        index: Number for :class:`CameraSource`.
        name: What the system calls it, e.g. ``"Integrated Camera"``.
    """

    index: int
    name: str


def list_cameras(
    sys_root: Path = Path("/sys/class/video4linux"),
    dev_root: Path = Path("/dev"),
    platform: str = sys.platform,
) -> list[CameraInfo]:
    """Return the cameras of this computer, without opening them where names are known.

    Linux names come from sysfs; nodes that carry only metadata are left out. Elsewhere
    OpenCV knows no names: the first few numbers are tried and called "Camera 1", ...
    """
    if platform.startswith("linux"):
        return _list_linux(sys_root, dev_root)
    backend = OpenCvBackend(platform)
    found = []
    for index in range(_PROBED_INDEXES):
        capture = backend.open(index, 640, 480)
        if capture is None:
            continue
        capture.release()
        found.append(CameraInfo(index, f"Camera {index + 1}"))
    return found


def _list_linux(sys_root: Path, dev_root: Path) -> list[CameraInfo]:
    cameras = []
    nodes = sys_root.iterdir() if sys_root.is_dir() else ()
    for node in nodes:
        number = re.fullmatch(r"video(\d+)", node.name)
        if number is None or not _can_capture(node, dev_root / node.name):
            continue
        try:
            name = (node / "name").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            name = ""
        index = int(number.group(1))
        cameras.append(CameraInfo(index, name or f"Camera {index + 1}"))
    return sorted(cameras, key=lambda camera: camera.index)


def _can_capture(node: Path, device: Path) -> bool:
    capabilities = _capabilities(device)
    if capabilities is not None:
        return bool(capabilities & _CAP_VIDEO_CAPTURE)
    # Not readable: the first node of a device is the picture, later ones its metadata.
    try:
        return (node / "index").read_text().strip() == "0"
    except OSError:
        return True


def _capabilities(device: Path) -> int | None:
    try:
        import fcntl  # Linux only
    except ImportError:
        return None
    try:
        handle = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        answer = fcntl.ioctl(handle, _VIDIOC_QUERYCAP, bytes(104))
    except OSError:
        return None
    finally:
        os.close(handle)
    # struct v4l2_capability: 80 bytes of names, version, capabilities, device_caps
    _version, whole, own = struct.unpack_from("=III", answer, 80)
    return int(own if whole & _CAP_DEVICE_CAPS else whole)


class OpenCvBackend:
    """Opens devices with the interface that fits the platform."""

    def __init__(self, platform: str = sys.platform) -> None:
        self._platform = platform

    def _interfaces(self) -> tuple[int, ...]:
        if self._platform == "win32":
            return (cv2.CAP_DSHOW, cv2.CAP_MSMF)
        if self._platform == "darwin":
            return (cv2.CAP_AVFOUNDATION,)
        return (cv2.CAP_V4L2,)

    def open(self, index: int, width: int, height: int) -> Any:
        """Return an opened ``cv2.VideoCapture``, or None."""
        for interface in self._interfaces():
            capture = cv2.VideoCapture(index, interface)
            if not capture.isOpened():
                capture.release()
                continue
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
            capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest picture, not an old one
            return capture
        return None

    def reason(self, index: int) -> str:
        """Say why the device did not open."""
        if self._platform.startswith("linux"):
            device = Path(f"/dev/video{index}")
            if not device.exists():
                return f"there is no camera number {index + 1}; plug it in and refresh the list."
            if not os.access(device, os.R_OK | os.W_OK):
                return (
                    f"{device} may not be used by this account; add the account to the "
                    "group 'video'."
                )
            return "it is used by another program, or is not a camera."
        if self._platform == "darwin":
            return (
                "it is missing, in use, or this program is not allowed to use the camera "
                "(System Settings, Privacy & Security, Camera)."
            )
        return (
            "it is missing, in use by another program, or blocked (Settings, Privacy & security, "
            "Camera)."
        )
